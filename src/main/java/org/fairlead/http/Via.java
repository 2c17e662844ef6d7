package org.fairlead.http;

/** Our own entry in {@code Via}, and loop detection by it (RFC 9110 7.6.3). */
public final class Via {
    /** How often a request may have passed here before it counts as a loop. */
    public static final int MAX_PASSES = 10;

    private Via() {}

    /**
     * Appends an {@link #entry} to the last line that is there.
     */
    public static void append(Headers headers, String entry) {
        int last = -1;
        for (int i = headers.indexOf("Via", 0); i >= 0; i = headers.indexOf("Via", i + 1)) {
            last = i;
        }
        if (last < 0) {
            headers.add("Via", entry);
        } else {
            headers.setValue(last, headers.value(last) + ", " + entry);
        }
    }

    /**
     * Our entry.
     *
     * @param protocol the protocol of the received message, {@code HTTP/1.1}; empty = HTTP/0.9, which does not name it
     * @param pseudonym our name, with the port where it is not the scheme's own
     * @param comment the comment in parentheses after it; empty = none
     */
    public static String entry(String protocol, String pseudonym, String comment) {
        String version = protocol.isEmpty() ? "0.9" : protocol.substring(protocol.indexOf('/') + 1);
        return version + " " + pseudonym + (comment.isEmpty() ? "" : " (" + comment + ")");
    }

    /**
     * Refuses a request that has passed here too often.
     *
     * @throws RefusedException 508 if our entry is there more often than {@link #MAX_PASSES} or {@code Max-Forwards}
     *     says
     */
    public static void refuseLoop(Headers headers, String pseudonym) throws RefusedException {
        int line = headers.indexOf("Via", 0);
        if (line < 0) {
            return;
        }
        int passes = 0;
        for (; line >= 0; line = headers.indexOf("Via", line + 1)) {
            passes += count(headers.value(line), pseudonym);
        }
        if (passes > MAX_PASSES || passes > MaxForwards.read(headers).orElse(Long.MAX_VALUE)) {
            throw new RefusedException(508, "request was here " + passes + " times before, by its Via");
        }
    }

    /** Entries are {@code protocol name comment}; a comma within a comment's parentheses ends none. */
    private static int count(String value, String pseudonym) {
        int count = 0;
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            char c = i == value.length() ? ',' : value.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth = Math.max(0, depth - 1);
            } else if (c == ',' && (depth == 0 || i == value.length())) {
                count += isBy(value.substring(start, i).trim(), pseudonym) ? 1 : 0;
                start = i + 1;
            }
        }
        return count;
    }

    private static boolean isBy(String entry, String pseudonym) {
        int blank = entry.indexOf(' ');
        if (blank < 0) {
            return false;
        }
        int start = blank;
        while (start < entry.length() && entry.charAt(start) == ' ') {
            start++;
        }
        int end = entry.indexOf(' ', start);
        String by = entry.substring(start, end < 0 ? entry.length() : end);
        return by.equalsIgnoreCase(pseudonym);
    }
}
