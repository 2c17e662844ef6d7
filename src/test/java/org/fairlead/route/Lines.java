package org.fairlead.route;

import org.fairlead.exchange.Headers;

/** Field lines in one cell of a table: {@code X-A: 1 && X-B: 2}; {@code -} for none. */
final class Lines {
    private Lines() {}

    static Headers read(String cell) {
        Headers headers = new Headers();
        if (!cell.equals("-")) {
            for (String line : cell.split(" && ")) {
                int colon = line.indexOf(':');
                headers.add(line.substring(0, colon), line.substring(colon + 1).trim());
            }
        }
        return headers;
    }

    static String write(Headers headers) {
        return headers.size() == 0 ? "-" : headers.toString().trim().replace("\n", " && ");
    }
}
