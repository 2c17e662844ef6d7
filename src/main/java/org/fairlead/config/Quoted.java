package org.fairlead.config;

/** The operator's text quoted in a message: short, on one line, and unable to forge another line. */
final class Quoted {
    private static final int MAX_CHARS = 100;

    private Quoted() {}

    /** Returns at most the first 100 characters, with control characters written as {@code \}{@code u0000}. */
    static String of(String written) {
        String text = Secrets.masked(written);
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX_CHARS; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFFFD') {
                shown.append(String.format("\\u%04X", (int) c));
            } else {
                shown.append(c);
            }
        }
        return text.length() > MAX_CHARS ? shown + "..." : shown.toString();
    }
}
