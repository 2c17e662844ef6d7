package org.fairlead.http;

/** Makes untrusted text, such as a client's bytes, safe for one line of a log (CWE-117). */
public final class LogText {
    private LogText() {}

    /** The text on one line, without terminal control sequences. */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                clean.append(String.format("\\x%02x", c));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    /** The same, cut with an ellipsis where the text is longer than so many characters. */
    public static String clean(String text, int longest) {
        return text.length() > longest ? clean(text.substring(0, longest)) + "…" : clean(text);
    }
}
