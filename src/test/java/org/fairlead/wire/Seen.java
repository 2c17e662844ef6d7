package org.fairlead.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.fairlead.system.WireMessage;

/**
 * What a case has led to.
 *
 * @param responses final responses in their order, the last of them perhaps cut
 * @param interims statuses of the interim ones
 * @param closed whether the connection was closed behind them; else it has answered one more request rightly
 * @param requests what the members received for the case
 */
record Seen(List<WireMessage> responses, List<Integer> interims, boolean closed, List<Received> requests) {
    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.1 [1-9][0-9][0-9]( [\\t\\x20-\\x7E\\x80-\\xFF]*)?");
    private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\t\\x20-\\x7E\\x80-\\xFF]*");

    /** Returns what of the responses is no valid HTTP/1.1. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        for (WireMessage response : responses) {
            if (response.cut()
                    && response.body().length == 0
                    && !response.text().contains("\r\n\r\n")) {
                continue;
            }
            String head = response.text().split("\r\n\r\n", 2)[0];
            String[] lines = head.split("\r\n", -1);
            if (!STATUS_LINE.matcher(lines[0]).matches()) {
                found.add("status line: " + lines[0]);
            }
            long framing = 0;
            for (int i = 1; i < lines.length; i++) {
                String name = lines[i].toLowerCase(Locale.ROOT);
                framing += name.startsWith("content-length:") || name.startsWith("transfer-encoding:") ? 1 : 0;
                if (!FIELD.matcher(lines[i]).matches()) {
                    found.add("response field: " + Notation.shown(Notation.bytes(lines[i].replace('|', '¦'))));
                }
            }
            if (framing > 1) {
                found.add("framed twice: " + head);
            }
        }
        return found;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        responses.forEach(response -> text.append("\n  client saw ")
                .append(response.cut() ? "[cut] " : "")
                .append(Notation.shown(response.bytes())));
        requests.forEach(request -> text.append("\n  member got ").append(request));
        return text.append("\n  interim ")
                .append(interims)
                .append(closed ? ", then closed" : ", then open")
                .toString();
    }
}
