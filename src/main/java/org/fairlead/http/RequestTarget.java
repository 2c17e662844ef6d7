package org.fairlead.http;

import java.util.Optional;
import org.fairlead.http.PathView.Decoding;

/**
 * The target of a request in origin form (RFC 9112 3.2.1), byte for byte as received, and the one normalised form of
 * its path that rules are matched against.
 *
 * <p>Immutable.
 */
public final class RequestTarget {
    private final String raw;
    private final String path;
    private final Optional<String> query;
    private final String forwardPath;
    private final PathView normal;
    private final boolean dotSegments;
    private final boolean encodedSlash;
    private final boolean ambiguous;

    private RequestTarget(
            String raw, String path, Optional<String> query, String forwardPath, PathView normal, PathScan scan) {
        this.raw = raw;
        this.path = path;
        this.query = query;
        this.forwardPath = forwardPath;
        this.normal = normal;
        this.dotSegments = scan.dots();
        this.encodedSlash = scan.encodedSlash();
        this.ambiguous = scan.ambiguous();
    }

    /**
     * Parses a target.
     *
     * <p>Refused are: targets without a leading slash; control bytes, space, DEL and {@code #} anywhere (RFC 3986 2);
     * in the path also a {@code %} without two hexadecimal digits and a {@code ..} above the root. Other bytes that no
     * path may hold unencoded, such as <code>[]|{}^</code> and those above 0x7F, stand for their encodings. The query
     * is for the member alone and stays unchanged, so {@code ?q=100%} passes, as with httpd.
     *
     * @throws RefusedException 400; 404 for {@code %00} in the path, as in httpd
     */
    public static RequestTarget parse(String raw) throws RefusedException {
        if (!raw.startsWith("/")) {
            throw new RefusedException(400, "target is not in origin form");
        }
        int mark = raw.indexOf('?');
        String path = mark < 0 ? raw : raw.substring(0, mark);
        Optional<String> query = mark < 0 ? Optional.empty() : Optional.of(raw.substring(mark + 1));
        checkCharacters(raw);
        String encoded = Percent.inPath(path);
        PathScan scan = PathScan.of(encoded);
        String forwardPath = scan.dots() ? DotSegments.resolve(encoded) : encoded;
        PathView normal =
                scan.plain() ? PathView.identity(path) : PathView.of(forwardPath, Decoding.ALL_BUT_SLASH, false);
        return new RequestTarget(raw, path, query, forwardPath, normal, scan);
    }

    private static void checkCharacters(String raw) throws RefusedException {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c == 0x7F || c > 0xFF || c == '#') {
                throw new RefusedException(400, "target holds byte 0x" + Integer.toHexString(c));
            }
        }
    }

    /** The path as received: nothing decoded, nothing resolved. */
    public String path() {
        return path;
    }

    /**
     * The path as it may be forwarded: {@link #path()} with bytes that no path may hold percent-encoded. Dot segments
     * are resolved (RFC 3986 5.2.4, after merging slashes as httpd does), so that the member cannot resolve them
     * otherwise.
     */
    public String forwardPath() {
        return forwardPath;
    }

    /**
     * The path that rules are matched against: slashes merged, dot segments resolved, everything decoded but
     * {@code %2F}. One char for each byte.
     */
    public String normalPath() {
        return normal.text();
    }

    /** {@link #normalPath()} with the way back to the bytes of {@link #forwardPath()}. */
    public PathView normalView() {
        return normal;
    }

    /** Whether the path as received has dot segments, encoded or not, which {@link #forwardPath()} has not. */
    public boolean hasDotSegments() {
        return dotSegments;
    }

    /** Whether the path holds {@code %2F}, which {@code AllowEncodedSlashes} is about. */
    public boolean hasEncodedSlash() {
        return encodedSlash;
    }

    /**
     * Whether a more lenient parser than ours may see other segments in the path: it has dot segments,
     * {@code ;parameters}, or an encoded slash, backslash, semicolon or percent sign.
     */
    public boolean isAmbiguous() {
        return ambiguous;
    }

    /** The text after the first {@code ?}, as received; empty string if there is a {@code ?} and nothing after it. */
    public Optional<String> query() {
        return query;
    }

    /** The query with its leading {@code ?}, as received; empty string if there is none. */
    public String querySuffix() {
        return query.isEmpty() ? "" : raw.substring(path.length());
    }

    /** Path and query as received. */
    public String raw() {
        return raw;
    }

    @Override
    public String toString() {
        return raw;
    }
}
