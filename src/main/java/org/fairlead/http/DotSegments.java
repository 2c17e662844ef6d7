package org.fairlead.http;

/** The segments {@code .} and {@code ..} of a path, also where a dot is written {@code %2e} (RFC 3986 5.2.4). */
final class DotSegments {
    private DotSegments() {}

    /** How many dots the segment that starts at {@code start} consists of: 1 or 2, else 0. */
    static int at(String path, int start) {
        int dots = 0;
        int i = start;
        while (i < path.length() && path.charAt(i) != '/') {
            int width = dotWidth(path, i);
            if (width == 0 || ++dots > 2) {
                return 0;
            }
            i += width;
        }
        return dots;
    }

    private static int dotWidth(String path, int at) {
        if (path.charAt(at) == '.') {
            return 1;
        }
        return path.charAt(at) == '%' && path.regionMatches(true, at, "%2e", 0, 3) ? 3 : 0;
    }

    /**
     * Resolves them, after merging runs of slashes as httpd does; every other byte stays.
     *
     * @throws RefusedException 400 for a {@code ..} above the root
     */
    static String resolve(String path) throws RefusedException {
        StringBuilder resolved = new StringBuilder(path.length()).append('/');
        int start = 1;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            switch (at(path, start)) {
                case 2 -> toParent(resolved);
                case 1 -> {}
                default -> {
                    if (end > start) {
                        resolved.append(path, start, Math.min(end + 1, path.length()));
                    }
                }
            }
            start = end + 1;
        }
        return resolved.toString();
    }

    private static void toParent(StringBuilder resolved) throws RefusedException {
        if (resolved.length() == 1) {
            throw new RefusedException(400, "path climbs above the root");
        }
        resolved.setLength(resolved.lastIndexOf("/", resolved.length() - 2) + 1);
    }
}
