package org.fairlead.wire;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One message as a strict reader saw it.
 *
 * @param startLine request line or status line
 * @param fields header lines in the order and the case of the wire
 * @param framing the one framing field in lower case, or empty: {@code content-length: 5}, {@code chunked}
 * @param body without chunk framing
 * @param complete false if the connection ended before the message did
 */
record Received(
        String startLine, List<String> fields, String framing, byte[] body, List<String> trailers, boolean complete) {
    /** What a proxy adds, replaces or decides for itself; a row that is about one of them asks for it by name. */
    private static final Set<String> OF_THE_PROXY = Set.of(
            "host",
            "connection",
            "keep-alive",
            "content-length",
            "transfer-encoding",
            "via",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-server",
            "x-forwarded-proto",
            "x-forwarded-port");

    Received {
        fields = List.copyOf(fields);
        trailers = List.copyOf(trailers);
    }

    /** Returns the second word of a request line. */
    String target() {
        String[] words = startLine.split(" ", -1);
        return words.length > 1 ? words[1] : "";
    }

    /** Returns the method of a request line. */
    String method() {
        return startLine.split(" ", 2)[0];
    }

    /** Returns every value of a field, its name in any case. */
    List<String> values(String name) {
        return fields.stream()
                .filter(line -> name(line).equals(name.toLowerCase(Locale.ROOT)))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    /** Returns the header lines that a proxy has no business with. */
    List<String> foreignFields() {
        return fields.stream()
                .filter(line -> !OF_THE_PROXY.contains(name(line)))
                .toList();
    }

    /** Returns whether the field is one that {@link #foreignFields} leaves out. */
    static boolean isOfTheProxy(String line) {
        return OF_THE_PROXY.contains(name(line));
    }

    private static String name(String line) {
        return line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
    }

    /** Returns this with the names of fields spelled as in the text, which holds the head that was sent. */
    Received spelledAs(String sent) {
        Map<String, String> spellings = new HashMap<>();
        sent.lines()
                .filter(line -> line.indexOf(':') > 0)
                .forEach(line -> spellings.putIfAbsent(name(line), line.substring(0, line.indexOf(':'))));
        List<String> spelled = fields.stream()
                .map(line -> spellings.getOrDefault(name(line), line.substring(0, line.indexOf(':')))
                        + line.substring(line.indexOf(':')))
                .toList();
        return new Received(startLine, spelled, framing, body, trailers, complete);
    }

    String bodyText() {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return (complete ? "" : "[cut] ") + startLine + " " + fields + " " + framing + " body(" + body.length + ")="
                + Notation.shown(body) + (trailers.isEmpty() ? "" : " trailers=" + trailers);
    }
}
