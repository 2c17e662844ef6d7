package org.fairlead.health;

/** What members and name servers say, made fit for a line of the log. */
final class LogText {
    private static final int LONGEST = 300;

    private LogText() {}

    /** The text on one line, without what steers a terminal, cut where it is long. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            safe.append(Character.isISOControl(c) ? String.format("\\x%02x", (int) c) : String.valueOf(c));
        }
        return text.length() > LONGEST ? safe + "…" : safe.toString();
    }
}
