package org.fairlead.route;

import java.util.LinkedHashSet;
import java.util.Set;
import org.fairlead.exchange.RequestTarget;

/**
 * What a member that decodes more than we do, or resolves less, may make of a path. It may drop {@code ;parameters}
 * before or after it decodes ({@code /..;/}), take {@code %2F} for a slash or leave it, take backslashes for slashes, and
 * decode twice. A path is only sent on if all of these readings are for the same route, and none leads out of it.
 */
final class LenientReading {
    private LenientReading() {}

    /**
     * All readings of a target's path, each once, with dot segments resolved and kept at the root.
     *
     * @param slashIsDecoded {@code %2F} is a slash to the member and to us, so that nobody leaves it
     */
    static Set<String> all(RequestTarget target, boolean slashIsDecoded) {
        Set<String> readings = new LinkedHashSet<>();
        if (!target.forwardPath().equals(target.path())) {
            readings.add(mergeSlashes(decodeOnce(target.path(), false)));
        }
        for (String decoded : decodings(target.forwardPath(), slashIsDecoded)) {
            readings.add(resolve(decoded));
        }
        return readings;
    }

    /** Whether any reading of {@code rest}, which stands behind a prefix, leads out of that prefix. */
    static boolean anyClimbs(String rest) {
        for (String decoded : decodings(rest, false)) {
            if (climbs(decoded)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a path holds a dot, a slash or a backslash as UTF-8 of two bytes, which no honest client writes and broken
     * decoders accept: {@code %C0%AE}, {@code %C0%AF}, {@code %C1%9C}.
     */
    static boolean isOverlong(String path) {
        String decoded = decodeOnce(decodeOnce(path, false), false);
        return decoded.contains("\u00c0\u00ae") || decoded.contains("\u00c0\u00af") || decoded.contains("\u00c1\u009c");
    }

    /** A path decoded once throughout. */
    static String decodeOnce(String path) {
        return decodeOnce(path, false);
    }

    /** Every way to decode a path, as far as the path makes a difference between them. */
    private static Set<String> decodings(String path, boolean slashIsDecoded) {
        String once = decodeOnce(path, false);
        String twice = decodeOnce(once, false);
        int rounds = twice.equals(once) ? 1 : 2;
        boolean parameters = twice.indexOf(';') >= 0;
        boolean slashes = !slashIsDecoded && (!decodeOnce(path, true).equals(once) || rounds == 2);
        boolean backslashes = twice.indexOf('\\') >= 0;
        Set<String> decodings = new LinkedHashSet<>();
        for (int round = 1; round <= rounds; round++) {
            int dropPoints = parameters ? 1 << round + 1 : 1;
            for (int dropAt = 0; dropAt < dropPoints; dropAt++) {
                addDecoding(decodings, path, round, dropAt, false, backslashes);
                if (slashes) {
                    addDecoding(decodings, path, round, dropAt, true, backslashes);
                }
            }
        }
        return decodings;
    }

    /** @param dropAt bit n: parameters are dropped after n rounds of decoding */
    private static void addDecoding(
            Set<String> decodings, String path, int rounds, int dropAt, boolean keepSlash, boolean backslashes) {
        decodings.add(decode(path, rounds, dropAt, keepSlash, false));
        if (backslashes) {
            decodings.add(decode(path, rounds, dropAt, keepSlash, true));
        }
    }

    private static String decode(String path, int rounds, int dropAt, boolean keepSlash, boolean foldBackslash) {
        String text = (dropAt & 1) == 0 ? path : withoutParameters(path);
        for (int round = 1; round <= rounds; round++) {
            text = decodeOnce(text, keepSlash);
            text = foldBackslash ? text.replace('\\', '/') : text;
            text = (dropAt >> round & 1) == 0 ? text : withoutParameters(text);
        }
        return text;
    }

    private static String decodeOnce(String text, boolean keepSlash) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            char byteValue = (char) (high << 4 | low);
            if (low < 0 || keepSlash && byteValue == '/') {
                decoded.append(c);
            } else {
                decoded.append(byteValue);
                i += 2;
            }
        }
        return decoded.toString();
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

    private static String mergeSlashes(String path) {
        StringBuilder merged = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '/' || !path.startsWith("/", i + 1)) {
                merged.append(path.charAt(i));
            }
        }
        return merged.toString();
    }

    /** Merges slashes and resolves dot segments; what climbs above the root stays there. */
    static String resolve(String path) {
        StringBuilder resolved = new StringBuilder(path.length()).append('/');
        for (int start = 0; start < path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            int dots = dots(path, start, end);
            if (dots == 2) {
                resolved.setLength(Math.max(1, resolved.lastIndexOf("/", resolved.length() - 2) + 1));
            } else if (dots == 0 && end > start) {
                resolved.append(path, start, Math.min(end + 1, path.length()));
            }
            start = end + 1;
        }
        return resolved.toString();
    }

    private static boolean climbs(String path) {
        int depth = 0;
        for (int start = 0; start < path.length() && depth >= 0; ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            switch (dots(path, start, end)) {
                case 2 -> depth--;
                case 0 -> depth += end > start ? 1 : 0;
                default -> {}
            }
            start = end + 1;
        }
        return depth < 0;
    }

    /** Whether a path holds a segment {@code .} or {@code ..}, encoded or not. */
    static boolean hasDotSegment(String path) {
        String decoded = decodeOnce(path, false);
        if (decoded.indexOf('.') < 0) {
            return false;
        }
        for (int start = 0; start < decoded.length(); ) {
            int slash = decoded.indexOf('/', start);
            int end = slash < 0 ? decoded.length() : slash;
            if (dots(decoded, start, end) > 0) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /** How many dots the segment consists of: 1 or 2, else 0. */
    private static int dots(String path, int start, int end) {
        int length = end - start;
        boolean dots = (length == 1 || length == 2) && path.charAt(start) == '.' && path.charAt(end - 1) == '.';
        return dots ? length : 0;
    }
}
