package org.fairlead.expression;

import java.util.Map;

/** The escapes and counts of a PCRE pattern that {@link java.util.regex} writes otherwise. Pure functions. */
final class RegexEscape {
    private RegexEscape() {}

    /** Translates the escape at {@code start} (outside a class) and returns the index behind it. */
    static int translate(String in, int start, Map<String, Integer> names, StringBuilder out)
            throws ExpressionException {
        char c = in.charAt(start + 1);
        int after = start + 2;
        switch (c) {
            case 'N':
                out.append("[^\\n]");
                return after;
            case 'x':
                return hex(in, after, out);
            case '0':
                return octal(in, after, out);
            case 'p':
            case 'P':
                return property(in, start, out);
            case 'k':
                return named(in, start, names, out);
            case '1', '2', '3', '4', '5', '6', '7', '8', '9':
                return number(in, start + 1, out);
            case 'g':
                return reference(in, start, names, out);
            case 'c':
                if (after >= in.length()) {
                    throw new ExpressionException(in.length() + 1, "", "a letter behind \\c");
                }
                out.append("\\c").append(in.charAt(after));
                return after + 1;
            default:
                if (c > 127) {
                    out.append(c);
                } else {
                    out.append('\\').append(c);
                }
                return after;
        }
    }

    /** {@code \p{…}}: the escape with what stands in its brackets. */
    static int property(String in, int start, StringBuilder out) throws ExpressionException {
        int at = start + 2;
        out.append('\\').append(in.charAt(start + 1));
        if (at >= in.length() || in.charAt(at) != '{') {
            return at;
        }
        int end = in.indexOf('}', at + 1);
        if (end < 0) {
            throw new ExpressionException(in.length() + 1, "", "the end of the name behind \\" + in.charAt(start + 1));
        }
        out.append(in, at, end + 1);
        return end + 1;
    }

    /** {@code \k{name}}, {@code \k<name>}, {@code \k'name'}: the text of a group that stands before it. */
    private static int named(String in, int start, Map<String, Integer> names, StringBuilder out)
            throws ExpressionException {
        int at = start + 2;
        int kind = at < in.length() ? "{<'".indexOf(in.charAt(at)) : -1;
        int end = kind < 0 ? -1 : in.indexOf("}>'".charAt(kind), at + 1);
        if (end < 0) {
            throw new ExpressionException(start + 1, "\\k", "\\k<name>");
        }
        group(in.substring(at + 1, end), start, names, out);
        return end + 1;
    }

    private static void group(String name, int start, Map<String, Integer> names, StringBuilder out)
            throws ExpressionException {
        Integer number = names.get(name);
        if (number == null) {
            throw new ExpressionException(start + 1, name, "the name of a group before it");
        }
        out.append("(?:\\").append(number).append(')');
    }

    /** {@code \xh}, {@code \xhh}, {@code \x{h…}}; without digits it is NUL (pcrepattern). */
    static int hex(String in, int at, StringBuilder out) {
        if (at < in.length() && in.charAt(at) == '{') {
            int end = in.indexOf('}', at);
            int stop = end < 0 ? in.length() : end + 1;
            out.append("\\x").append(in, at, stop);
            return stop;
        }
        int end = at;
        while (end < in.length() && end < at + 2 && Character.digit(in.charAt(end), 16) >= 0) {
            end++;
        }
        out.append("\\x").append("00", 0, 2 - (end - at)).append(in, at, end);
        return end;
    }

    /** {@code \0}, {@code \0o}, {@code \0oo}; Java wants a digit behind the 0. */
    static int octal(String in, int at, StringBuilder out) {
        int end = at;
        while (end < in.length() && end < at + 2 && in.charAt(end) >= '0' && in.charAt(end) <= '7') {
            end++;
        }
        out.append("\\0").append(end == at ? "0" : in.substring(at, end));
        return end;
    }

    /** {@code \1} to {@code \9}, and further groups where there are so many; else the byte of an octal number. */
    private static int number(String in, int at, StringBuilder out) throws ExpressionException {
        int end = at;
        while (end < in.length() && end < at + 3 && Character.digit(in.charAt(end), 10) >= 0) {
            end++;
        }
        int number = Integer.parseInt(in.substring(at, end));
        int octal = at;
        while (octal < end && in.charAt(octal) <= '7') {
            octal++;
        }
        boolean there = in.chars().filter(c -> c == '(').count() >= number;
        if (!there && (number < 10 || octal == at)) {
            throw new ExpressionException(at, in.substring(at - 1, end), "the number of a group");
        }
        if (there) {
            out.append("(?:\\").append(number).append(')');
            return end;
        }
        out.append("\\x").append(String.format("%02x", Integer.parseInt(in.substring(at, octal), 8) & 0xFF));
        return octal;
    }

    /** {@code \g1}, {@code \g{1}}, {@code \g{name}}. */
    private static int reference(String in, int start, Map<String, Integer> names, StringBuilder out)
            throws ExpressionException {
        int at = start + 2;
        int end = at;
        boolean braced = at < in.length() && in.charAt(at) == '{';
        if (braced) {
            end = in.indexOf('}', at);
        } else {
            while (end < in.length() && Character.digit(in.charAt(end), 10) >= 0) {
                end++;
            }
        }
        String name = end < 0 ? "" : in.substring(braced ? at + 1 : at, end);
        if (name.isEmpty() || name.startsWith("-")) {
            throw new ExpressionException(start + 1, "\\g", "\\g followed by a group's number or {name}");
        }
        if (Character.digit(name.charAt(0), 10) >= 0) {
            out.append("(?:\\").append(name).append(')');
        } else {
            group(name, start, names, out);
        }
        return braced ? end + 1 : end;
    }

    /** The index behind {@code {n}}, {@code {n,}} or {@code {n,m}} at {@code at}; −1 if the brace counts nothing. */
    static int countEnd(String in, int at) {
        int i = at + 1;
        int digits = i;
        while (i < in.length() && Character.digit(in.charAt(i), 10) >= 0) {
            i++;
        }
        if (i == digits) {
            return -1;
        }
        if (i < in.length() && in.charAt(i) == ',') {
            i++;
            while (i < in.length() && Character.digit(in.charAt(i), 10) >= 0) {
                i++;
            }
        }
        return i < in.length() && in.charAt(i) == '}' ? i + 1 : -1;
    }
}
