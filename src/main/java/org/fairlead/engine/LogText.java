package org.fairlead.engine;

/** Makes text that may hold a stranger's bytes safe for one line of a log (CWE-117). */
final class LogText {
    private LogText() {}

    static String clean(String text) {
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
}
