package org.fairlead.route;

import java.util.LinkedHashSet;
import java.util.Set;
import org.fairlead.http.Percent;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;

/**
 * The lenient readings of a path: what a member that decodes more than we do, or resolves less, may make of it. It may
 * drop {@code ;parameters} before or after it decodes ({@code /..;/}), take {@code %2F} for a slash or leave it, take
 * backslashes for slashes, and decode twice. A path is only sent on if none of these readings has a dot segment that we
 * do not see, and all are for the same route.
 */
final class LenientReading {
    /** The limit of readings × length; a path with more is malicious, and would cost work for nothing. */
    private static final int MAX_CHARS_READ = 32 * 1024;

    private LenientReading() {}

    /**
     * All readings of a target's path, each once, with slashes merged.
     *
     * @param slashIsDecoded {@code %2F} is a slash to the member and to us, so that no reading keeps it
     * @throws RefusedException 400 for a path that hides dot segments, holds overlong UTF-8, or is far too ambiguous
     */
    static Set<String> all(RequestTarget target, boolean slashIsDecoded) throws RefusedException {
        String path = target.forwardPath();
        String once = decodeOnce(path);
        String twice = decodeOnce(once);
        if (isOverlong(twice)) {
            throw new RefusedException(400, "path holds overlong UTF-8");
        }
        if (hidesDots(twice)) {
            throw new RefusedException(400, "path hides a dot segment");
        }
        Set<String> readings = new LinkedHashSet<>();
        if (target.hasDotSegments()) {
            readings.add(mergeSlashes(decodeOnce(target.path())));
        }
        int rounds = twice.equals(once) ? 1 : 2;
        boolean drops = twice.indexOf(';') >= 0;
        boolean keeps =
                !slashIsDecoded && (rounds == 2 || !decodeOnce(path, true).equals(once));
        boolean folds = twice.indexOf('\\') >= 0;
        int work = path.length() * (rounds == 2 ? 3 : 1) * (drops ? 4 : 1) * (keeps ? 2 : 1) * (folds ? 2 : 1);
        if (work > MAX_CHARS_READ) {
            throw new RefusedException(400, "path can be read in too many ways");
        }
        for (int round = 1; round <= rounds; round++) {
            for (int dropAt = 0; dropAt < (drops ? 1 << round + 1 : 1); dropAt++) {
                for (int kept = 0; kept <= (keeps ? 1 : 0); kept++) {
                    for (int folded = 0; folded <= (folds ? 1 : 0); folded++) {
                        readings.add(mergeSlashes(decode(path, round, dropAt, kept == 1, folded == 1)));
                    }
                }
            }
        }
        return readings;
    }

    /** A dot, a slash or a backslash as UTF-8 of two bytes: no honest client writes it, broken decoders accept it. */
    private static boolean isOverlong(String decoded) {
        return decoded.contains("\u00c0\u00ae") || decoded.contains("\u00c0\u00af") || decoded.contains("\u00c1\u009c");
    }

    /** Whether any reading of this path has a dot segment. */
    static boolean hasDotSegment(String path) {
        return path.indexOf('.') >= 0 && hidesDots(path)
                || path.indexOf('%') >= 0 && hidesDots(decodeOnce(decodeOnce(path)));
    }

    /** Whether {@code .} or {@code ..} stands between any two characters that some parser takes for a segment's end. */
    private static boolean hidesDots(String decoded) {
        for (int dot = decoded.indexOf('.'); dot >= 0; dot = decoded.indexOf('.', dot + 1)) {
            if (dot > 0 && isEnd(decoded.charAt(dot - 1))) {
                int end = decoded.startsWith(".", dot + 1) ? dot + 2 : dot + 1;
                if (end == decoded.length() || isEnd(decoded.charAt(end))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isEnd(char c) {
        return c == '/' || c == '\\' || c == ';';
    }

    /** A path decoded once throughout. */
    static String decodeOnce(String path) {
        return decodeOnce(path, false);
    }

    /** @param dropAt bit n: parameters are dropped after n rounds of decoding */
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

    /**
     * A reading as the path of a target whose normal form it is: everything is encoded but letters, digits, slashes and
     * {@code -._~}, and an encoded slash stays one.
     */
    static String encoded(String reading) {
        StringBuilder path = new StringBuilder(reading.length() + 16);
        for (int i = 0; i < reading.length(); i++) {
            char c = reading.charAt(i);
            boolean slash = c == '%' && reading.regionMatches(true, i, "%2F", 0, 3);
            if (slash || c == '/' || Percent.isUnreserved(c)) {
                path.append(c);
            } else {
                Percent.appendUpper(path, c);
            }
        }
        return path.toString();
    }

    static String mergeSlashes(String path) {
        if (!path.contains("//")) {
            return path;
        }
        StringBuilder merged = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '/' || !path.startsWith("/", i + 1)) {
                merged.append(path.charAt(i));
            }
        }
        return merged.toString();
    }
}
