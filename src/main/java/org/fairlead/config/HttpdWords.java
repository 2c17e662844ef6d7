package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokenizer of lines, exactly as httpd's {@code ap_getword_conf}. A word that starts with a single or double quote
 * ends at the same quote (or at the line's end). In it a backslash escapes that quote and itself; elsewhere only
 * itself.
 * Not thread-safe.
 */
final class HttpdWords {
    private final String line;
    private int at;
    private boolean quoted;

    HttpdWords(String line) {
        this.line = line;
        skipBlanks();
    }

    /** What C's {@code isspace} says in the C locale. */
    static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    static String strip(CharSequence text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.subSequence(start, end).toString();
    }

    boolean hasNext() {
        return at < line.length();
    }

    /** Returns the next word; empty at the end of the line (and for a pair of quotes with nothing between). */
    String next() {
        if (!hasNext()) {
            quoted = false;
            return "";
        }
        char first = line.charAt(at);
        quoted = first == '"' || first == '\'';
        String word = quoted ? quotedWord(first) : plainWord();
        skipBlanks();
        return word;
    }

    /** Like {@link #next()}, but a word in braces may hold blanks and balanced braces ({@code ap_getword_conf2}). */
    String nextInBraces() {
        if (!hasNext() || line.charAt(at) != '{') {
            return next();
        }
        StringBuilder word = new StringBuilder();
        int depth = 1;
        for (at++; at < line.length(); at++) {
            char c = line.charAt(at);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                break;
            }
            word.append(unescaped('\\'));
        }
        at = Math.min(at + 1, line.length());
        quoted = true;
        skipBlanks();
        return word.toString();
    }

    /** Whether the word that came last stood in quotes. */
    boolean wasQuoted() {
        return quoted;
    }

    /** What was not read yet, as written. */
    String rest() {
        return line.substring(at);
    }

    /** Reads all that is left. */
    List<String> all() {
        List<String> words = new ArrayList<>();
        while (hasNext()) {
            words.add(next());
        }
        return words;
    }

    private String quotedWord(char quote) {
        StringBuilder word = new StringBuilder();
        for (at++; at < line.length() && line.charAt(at) != quote; at++) {
            word.append(unescaped(quote));
        }
        at = Math.min(at + 1, line.length());
        return word.toString();
    }

    private String plainWord() {
        StringBuilder word = new StringBuilder();
        for (; at < line.length() && !isBlank(line.charAt(at)); at++) {
            word.append(unescaped('\\'));
        }
        return word.toString();
    }

    /** The character at the cursor; after a backslash that escapes one, the cursor moves to the escaped character. */
    private char unescaped(char quote) {
        char c = line.charAt(at);
        if (c == '\\' && at + 1 < line.length()) {
            char next = line.charAt(at + 1);
            if (next == '\\' || next == quote) {
                at++;
                return next;
            }
        }
        return c;
    }

    private void skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }
}
