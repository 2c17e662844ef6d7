package org.fairlead.balancer;

/** Makes what a client sent fit for a line of a log. */
final class Printable {
    private static final int LONGEST = 100;

    private Printable() {}

    /** Visible ASCII stays, all else becomes a question mark, and what is too long is cut. */
    static String of(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
