package org.fairlead.http;

/**
 * The result of one scan of a path: whether its raw form is already normalised, as for nearly every request.
 *
 * @param plain nothing encoded, no doubled slash, no dot segment
 * @param dots it has dot segments, encoded or not
 * @param encodedSlash it has {@code %2F}
 * @param ambiguous see {@link RequestTarget#isAmbiguous()}
 */
record PathScan(boolean plain, boolean dots, boolean encodedSlash, boolean ambiguous) {
    private static final PathScan PLAIN = new PathScan(true, false, false, false);

    /**
     * @param path as it may be sent on
     * @throws RefusedException 400 for a bad encoding, 404 for {@code %00}
     */
    static PathScan of(String path) throws RefusedException {
        boolean percent = false;
        boolean doubled = false;
        boolean dots = false;
        boolean slash = false;
        boolean lenient = false;
        for (int i = 0; i < path.length(); i++) {
            switch (path.charAt(i)) {
                case '%' -> {
                    percent = true;
                    char c = decoded(path, i);
                    slash |= c == '/';
                    lenient |= c == '/' || c == '\\' || c == ';' || c == '%' || c == 0xC0 || c == 0xC1;
                }
                case '/' -> {
                    doubled |= path.startsWith("/", i + 1);
                    dots |= DotSegments.at(path, i + 1) > 0;
                }
                case ';' -> lenient = true;
                default -> {}
            }
        }
        if (!percent && !doubled && !dots && !lenient) {
            return PLAIN;
        }
        return new PathScan(!percent && !doubled && !dots, dots, slash, lenient || dots);
    }

    private static char decoded(String path, int at) throws RefusedException {
        if (!Percent.isValid(path, at)) {
            throw new RefusedException(400, "path holds a % that encodes nothing");
        }
        char c = Percent.decode(path, at);
        if (c == 0) {
            throw new RefusedException(404, "path holds %00");
        }
        return c;
    }
}
