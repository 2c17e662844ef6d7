package org.fairlead.http;

/**
 * One reading of a request's path: slashes merged, dot segments resolved, decoded as far as asked. For every character
 * it has the position in {@link RequestTarget#forwardPath()} that it was read from. Rules are matched against the
 * reading; the forwarded path is cut from the original bytes, so nothing is ever decoded in transit.
 */
public final class PathView {
    /** How far percent-encodings are decoded. */
    public enum Decoding {
        /** Unreserved characters only (RFC 3986 2.3): the same path to every reader. */
        UNRESERVED,
        /** Everything but {@code %2F}. */
        ALL_BUT_SLASH,
        /** Everything; a decoded slash divides segments ({@code AllowEncodedSlashes On}). */
        ALL
    }

    private final String text;
    private final int[] offsets;
    private final int end;

    private PathView(String text, int[] offsets, int end) {
        this.text = text;
        this.offsets = offsets;
        this.end = end;
    }

    /** The view of a path in which nothing is encoded, doubled or to be resolved. */
    static PathView identity(String path) {
        return new PathView(path, null, path.length());
    }

    /**
     * Reads a path.
     *
     * @param path starts with a slash, its encodings are valid
     * @param dropParameters leave {@code ;parameters} out, as servlet containers do before they resolve dot segments
     */
    public static PathView of(String path, Decoding decoding, boolean dropParameters) {
        return new Reader(path, decoding, dropParameters).read();
    }

    /** The path as it is read; one char for each byte. */
    public String text() {
        return text;
    }

    /** Where the character at {@code index} of {@link #text()} was read from; for its length: where the path ends. */
    public int offset(int index) {
        if (offsets == null) {
            return index;
        }
        return index == text.length() ? end : offsets[index];
    }

    /** One pass over the path, with a stack in the shape of the text read so far. */
    private static final class Reader {
        private final String path;
        private final Decoding decoding;
        private final boolean dropParameters;
        private final StringBuilder text;
        private final int[] offsets;
        private int segment;

        Reader(String path, Decoding decoding, boolean dropParameters) {
            this.path = path;
            this.decoding = decoding;
            this.dropParameters = dropParameters;
            this.text = new StringBuilder(path.length());
            this.offsets = new int[path.length()];
        }

        PathView read() {
            int at = 0;
            while (at < path.length()) {
                char c = path.charAt(at);
                int width = 1;
                if (c == ';' && dropParameters) {
                    at = endOfSegment(at);
                    continue;
                }
                if (c == '%' && isDecoded(Percent.decode(path, at))) {
                    c = Percent.decode(path, at);
                    width = 3;
                }
                if (c == '/') {
                    slash(at);
                } else {
                    append(c, at);
                }
                at += width;
            }
            resolveDots();
            return new PathView(text.toString(), offsets, path.length());
        }

        private int endOfSegment(int at) {
            int slash = path.indexOf('/', at);
            return slash < 0 ? path.length() : slash;
        }

        private boolean isDecoded(char c) {
            return switch (decoding) {
                case UNRESERVED -> Percent.isUnreserved(c);
                case ALL_BUT_SLASH -> c != '/';
                case ALL -> true;
            };
        }

        private void slash(int at) {
            resolveDots();
            if (text.length() == 0 || text.charAt(text.length() - 1) != '/') {
                append('/', at);
            }
            segment = text.length();
        }

        private void append(char c, int at) {
            offsets[text.length()] = at;
            text.append(c);
        }

        /** Removes a {@code .} or {@code ..} that ends here, with the segment before it; stops at the root. */
        private void resolveDots() {
            int length = text.length() - segment;
            if (length < 1 || length > 2 || text.charAt(segment) != '.' || text.charAt(text.length() - 1) != '.') {
                return;
            }
            int keep = segment;
            if (length == 2 && segment > 1) {
                keep = text.lastIndexOf("/", segment - 2) + 1;
            }
            text.setLength(keep);
            segment = keep;
        }
    }
}
