package org.fairlead.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request of a site, as its {@code .requests} file tells it.
 *
 * @param place file and line, for messages
 * @param line the method and the URL
 * @param before what happens to the site's files first: {@code create NAME} or {@code delete NAME}
 * @param fields field lines, as they are sent
 * @param body what is sent behind them; empty for no body
 * @param decision the row of the manual's page about differences that says why the answers differ; empty where they
 *     must be equal
 * @param here what ours is then: a pattern
 * @param comparesBody whether the body of an answer of the proxy's own counts
 */
record WildRequest(
        String place,
        String line,
        List<String> before,
        List<String> fields,
        String body,
        Optional<String> decision,
        String here,
        boolean comparesBody) {
    private static final Pattern LINE = Pattern.compile("([A-Z]+) (https?)://([^/ ]*)(/\\S*|\\*)");

    /** Reads the text of a {@code .requests} file. */
    static List<WildRequest> read(String file, String text) {
        List<WildRequest> requests = new ArrayList<>();
        List<String> before = new ArrayList<>();
        List<String> indented = new ArrayList<>();
        String line = "";
        int start = 0;
        int number = 0;
        for (String next : (text + "\nEND").lines().toList()) {
            number++;
            if (next.isBlank() || next.startsWith("#")) {
                continue;
            }
            if (next.startsWith(" ")) {
                indented.add(next.strip());
                continue;
            }
            boolean isRequest = LINE.matcher(next).matches();
            if (!line.isEmpty()) {
                requests.add(of(file + ":" + start, line, before, indented));
                before.clear();
                line = "";
            }
            if (!isRequest && !next.matches("(create|delete) \\S+|END")) {
                throw new IllegalArgumentException(file + ":" + number + ": " + next);
            }
            indented.clear();
            if (isRequest) {
                line = next;
                start = number;
            } else if (!next.equals("END")) {
                before.add(next);
            }
        }
        return requests;
    }

    private static WildRequest of(String place, String line, List<String> before, List<String> indented) {
        List<String> fields = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        Optional<String> decision = Optional.empty();
        String here = "";
        boolean comparesBody = false;
        for (String entry : indented) {
            String value = entry.substring(entry.indexOf(':') + 1).strip();
            switch (entry.substring(0, entry.indexOf(':'))) {
                case "body" -> body.append(value);
                case "body-of" -> body.append("x".repeat(Integer.parseInt(value)));
                case "differs" -> decision = Optional.of(value);
                case "here" -> here = value;
                case "compare" -> comparesBody = value.equals("body");
                default -> fields.add(entry);
            }
        }
        return new WildRequest(
                place, line, List.copyOf(before), List.copyOf(fields), body.toString(), decision, here, comparesBody);
    }

    private Matcher parts() {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalStateException(line);
        }
        return parts;
    }

    boolean isSecure() {
        return parts().group(2).equals("https");
    }

    /** Returns the host of the URL, without a port. */
    String host() {
        return parts().group(3).replaceAll(":.*", "");
    }

    /** Returns the bytes to send. */
    String text() {
        Matcher parts = parts();
        StringBuilder text = new StringBuilder(parts.group(1) + " " + parts.group(4) + " HTTP/1.1\r\n");
        if (fields.stream().noneMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("host:"))) {
            text.append("Host: ").append(parts.group(3)).append("\r\n");
        }
        fields.forEach(field -> text.append(field).append("\r\n"));
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }

    @Override
    public String toString() {
        return place + " " + line;
    }
}
