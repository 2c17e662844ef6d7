package org.fairlead.route;

import java.util.ArrayList;
import java.util.List;
import org.fairlead.expression.Occurrences;
import org.fairlead.http.PathView;
import org.fairlead.http.Percent;

/**
 * The path of a {@code ProxyPassMatch}: text with references {@code $0} to {@code $9} to groups; a backslash takes the
 * next character literally. If it has no reference, the whole path is appended to it, as in httpd.
 */
final class Substitution {
    private static final int TEXT = -1;

    private final List<Part> parts;
    private final boolean appendsPath;

    /** Either a group's number, or {@link #TEXT} and the literal text. */
    private record Part(int group, String text) {}

    private Substitution(List<Part> parts, boolean appendsPath) {
        this.parts = List.copyOf(parts);
        this.appendsPath = appendsPath;
    }

    static Substitution parse(String template) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean groups = false;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            boolean last = i + 1 == template.length();
            if (c == '$' && !last && template.charAt(i + 1) >= '0' && template.charAt(i + 1) <= '9') {
                parts.add(new Part(TEXT, Percent.inTarget(text.toString())));
                parts.add(new Part(template.charAt(++i) - '0', ""));
                text.setLength(0);
                groups = true;
            } else {
                text.append(c == '\\' && !last ? template.charAt(++i) : c);
            }
        }
        parts.add(new Part(TEXT, Percent.inTarget(text.toString())));
        return new Substitution(parts, !groups);
    }

    private static boolean isFilled(Part part, Occurrences match) {
        return part.group != TEXT && match.start(part.group) >= 0;
    }

    private static String bytes(Part part, Occurrences match, PathView view, String path) {
        return path.substring(view.offset(match.start(part.group)), view.offset(match.end(part.group)));
    }

    /** Expands the groups with the bytes of {@code path} that they were read from. */
    String apply(Occurrences match, PathView view, String path) {
        StringBuilder result = new StringBuilder(path.length() + 32);
        for (Part part : parts) {
            if (part.group == TEXT) {
                result.append(part.text);
            } else if (isFilled(part, match)) {
                result.append(bytes(part, match, view, path));
            }
        }
        if (appendsPath) {
            boolean slash = result.length() > 0 && result.charAt(result.length() - 1) == '/';
            result.append(path, slash ? 1 : 0, path.length());
        }
        return result.toString();
    }
}
