package org.fairlead.rewrite;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fairlead.expression.EvaluationException;
import org.fairlead.http.Bytes;

/**
 * A template with {@code %{VARIABLES}}, {@code $1}, {@code %1} and {@code ${map:key|default}}, parsed once and expanded
 * for each request in a single pass: text that came from a request is never parsed for such marks. Immutable.
 */
public final class Expansion {
    private static final int MAX_LENGTH = 1 << 20;

    private final List<Part> parts;

    private Expansion(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** A piece of the text. */
    private sealed interface Part {
        /**
         * @param escaped a backslash took it, so that a question mark in it is neither the operator's nor a client's
         */
        record Text(String text, boolean escaped) implements Part {}

        record Variable(String name) implements Part {}

        record RuleGroup(int number) implements Part {}

        record ConditionGroup(int number) implements Part {}

        record Lookup(String map, Expansion key, Expansion otherwise) implements Part {}
    }

    /**
     * An expanded text.
     *
     * @param foreignQuery whether the question mark that divides the query came from a request
     */
    record Filled(String text, boolean foreignQuery) {}

    /**
     * Parses a text; every text is valid. Each char beyond ASCII is replaced by its UTF-8 bytes, one char for each
     * byte.
     */
    public static Expansion parse(String text) {
        return parseBytes(Bytes.of(text));
    }

    private static Expansion parseBytes(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == '\\' && next != 0) {
                flush(plain, parts);
                parts.add(new Part.Text(String.valueOf(next), true));
                i++;
            } else if ((c == '$' || c == '%') && next >= '0' && next <= '9') {
                flush(plain, parts);
                parts.add(c == '$' ? new Part.RuleGroup(next - '0') : new Part.ConditionGroup(next - '0'));
                i++;
            } else if ((c == '$' || c == '%') && next == '{') {
                int end = closing(text, i + 2);
                int colon = c == '$' ? inBraces(text, i + 2, ':') : 0;
                if (end < 0 || colon < 0) {
                    plain.append(c).append(next);
                    i++;
                    continue;
                }
                flush(plain, parts);
                parts.add(c == '%' ? new Part.Variable(text.substring(i + 2, end)) : lookup(text, i + 2, colon, end));
                i = end;
            } else {
                plain.append(c);
            }
        }
        flush(plain, parts);
        return new Expansion(parts);
    }

    private static void flush(StringBuilder plain, List<Part> parts) {
        if (plain.length() > 0) {
            parts.add(new Part.Text(plain.toString(), false));
            plain.setLength(0);
        }
    }

    private static Part lookup(String text, int start, int colon, int end) {
        String rest = text.substring(colon + 1, end);
        int bar = inBraces(rest, 0, '|');
        String key = bar < 0 ? rest : rest.substring(0, bar);
        String otherwise = bar < 0 ? "" : rest.substring(bar + 1);
        return new Part.Lookup(text.substring(start, colon), parseBytes(key), parseBytes(otherwise));
    }

    private static int closing(String text, int start) {
        return inBraces(text, start, '}');
    }

    /** The position of {@code wanted} outside inner braces and before the closing brace; −1 = none. */
    private static int inBraces(String text, int start, char wanted) {
        int depth = 1;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == wanted && depth == 1) {
                return i;
            }
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return -1;
            }
        }
        return -1;
    }

    /** The variables that the text names, as written. */
    public Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part instanceof Part.Variable variable) {
                names.add(variable.name());
            } else if (part instanceof Part.Lookup lookup) {
                names.addAll(lookup.key().variables());
                names.addAll(lookup.otherwise().variables());
            }
        }
        return names;
    }

    /** The maps that the text looks up in. */
    public Set<String> maps() {
        Set<String> names = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part instanceof Part.Lookup lookup) {
                names.add(lookup.map());
                names.addAll(lookup.key().maps());
                names.addAll(lookup.otherwise().maps());
            }
        }
        return names;
    }

    String fill(RewriteState run) throws EvaluationException {
        return fill(run, captured -> captured, false).text();
    }

    /**
     * Expands the text.
     *
     * @param references how back-references are written
     * @param lastMark whether the last question mark counts, not the first ({@code QSL})
     */
    Filled fill(RewriteState run, References references, boolean lastMark) throws EvaluationException {
        StringBuilder text = new StringBuilder();
        boolean seen = false;
        boolean foreign = false;
        for (Part part : parts) {
            String piece = piece(part, run, references);
            run.steps().spend(piece.length() + 1);
            if (text.length() + piece.length() > MAX_LENGTH) {
                run.steps().spend(Integer.MAX_VALUE);
            }
            boolean counts = !(part instanceof Part.Text plain && plain.escaped());
            if (counts && (!seen || lastMark) && piece.indexOf('?') >= 0) {
                seen = true;
                foreign = !(part instanceof Part.Text);
            }
            text.append(piece);
        }
        return new Filled(text.toString(), foreign);
    }

    /** The syntax of a back-reference. */
    interface References {
        String write(String captured);
    }

    private static String piece(Part part, RewriteState run, References references) throws EvaluationException {
        if (part instanceof Part.Text plain) {
            return plain.text();
        }
        if (part instanceof Part.Variable variable) {
            return run.variables().value(variable.name());
        }
        if (part instanceof Part.RuleGroup group) {
            return references.write(run.ruleGroups().group(group.number()));
        }
        if (part instanceof Part.ConditionGroup group) {
            return references.write(run.conditionGroups().group(group.number()));
        }
        Part.Lookup lookup = (Part.Lookup) part;
        String key = lookup.key().fill(run, references, false).text();
        String value = run.maps().find(lookup.map(), key).orElse("");
        return value.isEmpty() ? lookup.otherwise().fill(run, references, false).text() : value;
    }
}
