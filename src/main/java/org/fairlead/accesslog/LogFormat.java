package org.fairlead.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A format string of mod_log_config, read once into the parts that write a line. Read exactly as httpd reads it;
 * immutable and thread-safe.
 */
public final class LogFormat {
    private final Item[] items;

    private LogFormat(List<Item> items) {
        this.items = items.toArray(new Item[0]);
    }

    /**
     * Reads a format.
     *
     * @throws IllegalArgumentException for a {@code %} with an unknown directive, named in the message
     */
    public static LogFormat compile(String format) {
        Reader reader = new Reader(format);
        List<Item> items = new ArrayList<>();
        while (reader.hasNext()) {
            items.add(reader.next());
        }
        items.add(Item.constant(new byte[] {'\n'}));
        return new LogFormat(items);
    }

    /** Appends a line with its line end. */
    void write(Served served, Completion ending, LogLine line) {
        for (Item item : items) {
            item.write(served, ending, line);
        }
    }

    /** Cuts a format into its parts. */
    private static final class Reader {
        private final String format;
        private int at;

        Reader(String format) {
            this.format = format;
        }

        boolean hasNext() {
            return at < format.length();
        }

        Item next() {
            return format.charAt(at) == '%' ? directive() : text();
        }

        private Item text() {
            StringBuilder text = new StringBuilder();
            while (hasNext() && format.charAt(at) != '%') {
                char c = format.charAt(at++);
                if (c != '\\') {
                    text.append(c);
                    continue;
                }
                char escaped = hasNext() ? format.charAt(at) : ' ';
                switch (escaped) {
                    case '\\' -> text.append('\\');
                    case 'r' -> text.append('\r');
                    case 'n' -> text.append('\n');
                    case 't' -> text.append('\t');
                    default -> text.append('\\');
                }
                at += "\\rnt".indexOf(escaped) >= 0 ? 1 : 0;
            }
            return Item.constant(text.toString().getBytes(StandardCharsets.UTF_8));
        }

        private Item directive() {
            int start = at++;
            if (hasNext() && format.charAt(at) == '%') {
                at++;
                return Item.constant(new byte[] {'%'});
            }
            String argument = "";
            List<Integer> statuses = new ArrayList<>();
            boolean listed = true;
            while (hasNext()) {
                char c = format.charAt(at);
                switch (c) {
                    case '!' -> {
                        listed = !listed;
                        at++;
                    }
                    // Here no request turns into another one, so the first and the last are the same.
                    case '<', '>', ',' -> at++;
                    case '{' -> argument = braces();
                    case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> statuses.add(number());
                    default -> {
                        Item item = LogDirectives.item(letter(start), argument);
                        return statuses.isEmpty() ? item : new OnStatus(item, List.copyOf(statuses), listed);
                    }
                }
            }
            throw new IllegalArgumentException(
                    "'" + format.substring(start) + "' ends before its letter (expected: " + LogDirectives.all() + ")");
        }

        /** What stands in braces; as in httpd they need not be closed, and may be closed more than once. */
        private String braces() {
            int end = format.indexOf('}', at);
            String argument = format.substring(at + 1, end < 0 ? format.length() : end);
            at = end < 0 ? format.length() : end;
            while (hasNext() && format.charAt(at) == '}') {
                at++;
            }
            return argument;
        }

        private int number() {
            int number = 0;
            while (hasNext() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
                number = Math.min(number * 10 + format.charAt(at++) - '0', 100_000);
            }
            return number;
        }

        private String letter(int start) {
            int end = format.charAt(at) == '^' && at + 3 <= format.length() ? at + 3 : at + 1;
            String letter = format.substring(at, end);
            if (!LogDirectives.knows(letter)) {
                throw new IllegalArgumentException(
                        "'" + format.substring(start, end) + "' is unknown (expected: " + LogDirectives.all() + ")");
            }
            at = end;
            return letter;
        }
    }

    /** {@code %400,501{User-Agent}i}: a dash unless the status is one of those, or with {@code !} none of them. */
    private record OnStatus(Item item, List<Integer> statuses, boolean listed) implements Item {
        @Override
        public void write(Served served, Completion ending, LogLine line) {
            if (statuses.contains(ending.status()) == listed) {
                item.write(served, ending, line);
            } else {
                line.none();
            }
        }
    }
}
