package org.fairlead.route;

import java.util.function.IntFunction;

/** Text with references {@code $0} to {@code $9} to the groups of a pattern (httpd's {@code ap_pregsub}). */
final class References {
    private References() {}

    /**
     * Expands the references; a backslash takes the next character literally.
     *
     * @param group the text of a group, empty where it took no part or does not exist
     */
    static String fill(String text, IntFunction<String> group) {
        StringBuilder result = new StringBuilder(text.length() + 32);
        fill(text, group, result);
        return result.toString();
    }

    static void fill(String text, IntFunction<String> group, StringBuilder result) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int number = i + 1 < text.length() ? text.charAt(i + 1) - '0' : -1;
            if (c == '$' && number >= 0 && number <= 9) {
                i++;
                result.append(group.apply(number));
            } else if (c == '\\' && i + 1 < text.length()) {
                result.append(text.charAt(++i));
            } else {
                result.append(c);
            }
        }
    }
}
