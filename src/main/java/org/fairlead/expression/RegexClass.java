package org.fairlead.expression;

import java.util.Map;

/** One bracket expression of a PCRE pattern, written in Java's words. Used once. */
final class RegexClass {
    private static final Map<String, String> POSIX = Map.ofEntries(
            Map.entry("alnum", "\\p{Alnum}"),
            Map.entry("alpha", "\\p{Alpha}"),
            Map.entry("ascii", "\\x00-\\x7F"),
            Map.entry("blank", " \\t"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("digit", "0-9"),
            Map.entry("graph", "\\p{Graph}"),
            Map.entry("lower", "a-z"),
            Map.entry("print", "\\x20-\\x7E"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("space", "\\s"),
            Map.entry("upper", "A-Z"),
            Map.entry("word", "\\w"),
            Map.entry("xdigit", "0-9A-Fa-f"));
    private static final Map<String, String> NOT_POSIX = Map.of(
            "alnum", "\\P{Alnum}",
            "alpha", "\\P{Alpha}",
            "digit", "\\D",
            "punct", "\\P{Punct}",
            "space", "\\S",
            "word", "\\W");

    private final String in;
    private final int start;
    private final StringBuilder out;
    private int at;
    /** What was written last is a class of its own, so a hyphen behind it is itself ({@code \\d-x}). */
    private boolean afterClass;

    RegexClass(String in, int start, StringBuilder out) {
        this.in = in;
        this.start = start;
        this.out = out;
    }

    /** Appends the class that begins at {@code start} and returns the index behind its bracket. */
    int translate() throws ExpressionException {
        at = start + 1;
        out.append('[');
        if (at < in.length() && in.charAt(at) == '^') {
            out.append('^');
            at++;
        }
        // A bracket that stands first closes nothing (POSIX, PCRE).
        boolean first = true;
        while (at < in.length() && (first || in.charAt(at) != ']')) {
            element();
            first = false;
        }
        if (at >= in.length()) {
            throw new ExpressionException(in.length() + 1, "", "] that closes the class");
        }
        out.append(']');
        return at + 1;
    }

    private void element() throws ExpressionException {
        char c = in.charAt(at);
        boolean behindClass = afterClass;
        afterClass = false;
        if (c == '[' && in.startsWith("[:", at)) {
            int end = in.indexOf(":]", at + 2);
            if (end > 0 && isWord(in.substring(at + 2, end))) {
                posix(in.substring(at + 2, end));
                at = end + 2;
                afterClass = true;
                return;
            }
        }
        if (c == '\\') {
            escape();
            return;
        }
        at++;
        if (c == '-') {
            // As a range it stays what it is; where it cannot be one, Java wants it escaped.
            boolean last = at < in.length() && in.charAt(at) == ']';
            out.append(last || behindClass || at == start + 2 ? "\\-" : "-");
            return;
        }
        RegexTranslator.appendLiteral(out, c);
    }

    private static boolean isWord(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c == '^' || (c >= 'a' && c <= 'z'));
    }

    private void posix(String name) throws ExpressionException {
        boolean negated = name.startsWith("^");
        String java = negated ? NOT_POSIX.get(name.substring(1)) : POSIX.get(name);
        if (java == null) {
            throw new ExpressionException(at + 1, "[:" + name + ":]", "a POSIX class such as [:alnum:]");
        }
        out.append(java);
    }

    private void escape() throws ExpressionException {
        int from = at;
        at += 2;
        if (at > in.length()) {
            throw new ExpressionException(in.length() + 1, "", "] that closes the class");
        }
        char c = in.charAt(from + 1);
        switch (c) {
            case 'b' -> out.append("\\x08");
            case 'x' -> at = RegexEscape.hex(in, at, out);
            case 'E' -> {}
            case 'd', 'D', 'w', 'W', 's', 'S', 'h', 'H', 'v', 'V' -> {
                out.append('\\').append(c);
                afterClass = true;
            }
            case 'p', 'P' -> {
                at = RegexEscape.property(in, from, out);
                afterClass = true;
            }
            case 'Q' -> {
                int end = in.indexOf("\\E", at);
                int stop = end < 0 ? in.length() : end;
                for (int i = at; i < stop; i++) {
                    RegexTranslator.appendLiteral(out, in.charAt(i));
                }
                at = end < 0 ? stop : stop + 2;
            }
            default -> {
                if (c >= '0' && c <= '7') {
                    at = RegexEscape.octal(in, c == '0' ? at : at - 1, out);
                } else if (c > 127) {
                    out.append(c);
                } else {
                    out.append('\\').append(c);
                }
            }
        }
    }
}
