package org.fairlead.route;

import java.util.LinkedHashSet;
import java.util.Set;
import org.fairlead.exchange.RequestTarget;

/**
 * What a member that decodes more than we do, or resolves less, may make of a path: {@code ;parameters} dropped before or after decoding
 * ({@code /..;/}), {@code %2F} and {@code %5C} as slashes, backslashes as slashes, decoded twice, overlong UTF-8 for a dot
 * or a slash. A path is only sent on if every one of these readings is for the same route, and none climbs out of it.
 */
enum LenientReading {
    ONCE(1, false, false),
    ONCE_PARAMETERS_FIRST(1, true, false),
    ONCE_PARAMETERS_LAST(1, true, true),
    TWICE(2, false, false),
    TWICE_PARAMETERS_FIRST(2, true, false),
    TWICE_PARAMETERS_LAST(2, true, true);

    private final int rounds;
    private final boolean dropsParameters;
    private final boolean decodesFirst;

    LenientReading(int rounds, boolean dropsParameters, boolean decodesFirst) {
        this.rounds = rounds;
        this.dropsParameters = dropsParameters;
        this.decodesFirst = decodesFirst;
    }

    /** All readings of a path, each once, with dot segments resolved and kept at the root. */
    static Set<String> all(RequestTarget target) {
        Set<String> readings = new LinkedHashSet<>();
        String path = target.forwardPath();
        if (!path.equals(target.path())) {
            readings.add(mergeSlashes(decodeOnce(target.path())));
        }
        for (LenientReading reading : values()) {
            readings.add(resolve(reading.decode(path)));
        }
        return readings;
    }

    /** Whether any reading of {@code rest}, which stands behind a prefix, leads out of that prefix. */
    static boolean anyClimbs(String rest) {
        for (LenientReading reading : values()) {
            if (climbs(reading.decode(rest))) {
                return true;
            }
        }
        return false;
    }

    String decode(String path) {
        String text = path;
        if (dropsParameters && !decodesFirst) {
            text = withoutParameters(text);
        }
        for (int i = 0; i < rounds; i++) {
            text = decodeOnce(text);
        }
        return dropsParameters ? withoutParameters(text) : text;
    }

    private static String decodeOnce(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (c == '%' && low >= 0) {
                c = (char) (high << 4 | low);
                i += 2;
            }
            decoded.append(c == '\\' ? '/' : c);
        }
        foldOverlong(decoded);
        return decoded.toString();
    }

    /** UTF-8 in two bytes where one would do, as broken decoders accept it: C0 AE is a dot, C0 AF and C1 9C a slash. */
    private static void foldOverlong(StringBuilder text) {
        for (int i = text.length() - 2; i >= 0; i--) {
            char first = text.charAt(i);
            char second = text.charAt(i + 1);
            if (first == 0xC0 && second == 0xAE) {
                text.replace(i, i + 2, ".");
            } else if (first == 0xC0 && second == 0xAF || first == 0xC1 && second == 0x9C) {
                text.replace(i, i + 2, "/");
            }
        }
    }

    /** Leaves {@code ;parameters} out of every segment. */
    static String withoutParameters(String path) {
        if (path.indexOf(';') < 0) {
            return path;
        }
        StringBuilder kept = new StringBuilder(path.length());
        boolean inParameters = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            inParameters = c != '/' && (inParameters || c == ';');
            if (!inParameters) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /** Merges slashes and resolves dot segments; what climbs above the root stays there. */
    static String resolve(String path) {
        StringBuilder resolved = new StringBuilder(path.length()).append('/');
        for (int start = 0; start < path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, end);
            if (segment.equals("..")) {
                resolved.setLength(Math.max(1, resolved.lastIndexOf("/", resolved.length() - 2) + 1));
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                resolved.append(path, start, Math.min(end + 1, path.length()));
            }
            start = end + 1;
        }
        return resolved.toString();
    }

    private static String mergeSlashes(String path) {
        StringBuilder merged = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '/' || !path.startsWith("/", i + 1)) {
                merged.append(path.charAt(i));
            }
        }
        return merged.toString();
    }

    /** Whether a path holds a segment {@code .} or {@code ..}, encoded or not. */
    static boolean hasDotSegment(String path) {
        if (path.indexOf('.') < 0 && path.indexOf('%') < 0) {
            return false;
        }
        for (String segment : decodeOnce(path).split("/")) {
            if (segment.equals(".") || segment.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static boolean climbs(String path) {
        int depth = 0;
        for (int start = 0; start < path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, end);
            if (segment.equals("..")) {
                depth--;
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }
}
