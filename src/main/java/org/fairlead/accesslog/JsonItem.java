package org.fairlead.accesslog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code %^js}, the nickname {@code fairlead_json}: the whole line as one JSON object (RFC 8259) in ASCII. Text of
 * clients and members is decoded as UTF-8; text that is none keeps its bytes as characters. An absent value has no key.
 */
final class JsonItem implements Item {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void write(Served served, Completion ending, LogLine line) {
        line.add("{\"time\":\"").add(time(served)).add('"');
        text(line, "id", served.id());
        text(line, "client", served.connection().clientAddress());
        text(line, "user", served.user());
        text(line, "method", served.method());
        text(line, "target", served.target());
        text(line, "protocol", served.protocol());
        text(line, "host", served.askedName());
        text(line, "server", served.serverName());
        number(line, "status", ending.status());
        number(line, "bytes", ending.bodyBytes());
        number(line, "duration_us", TimeUnit.NANOSECONDS.toMicros(ending.nanos() - served.startNanos()));
        text(line, "referer", served.requestField("Referer"));
        text(line, "user_agent", served.requestField("User-Agent"));
        text(line, "balancer", served.environment("BALANCER_NAME"));
        text(line, "member", served.environment("BALANCER_WORKER_NAME"));
        attempts(line, served.attempts());
        text(line, "end", served.termination(ending));
        line.add('}');
    }

    private static String time(Served served) {
        return Instant.EPOCH
                .plus(served.startMicros(), ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.MICROS)
                .toString();
    }

    private static void attempts(LogLine line, Attempts attempts) {
        if (attempts.count() == 0) {
            return;
        }
        number(line, "attempts", attempts.count());
        text(line, "members", attempts.members());
        number(line, "member_status", attempts.status());
        number(line, "queue_us", TimeUnit.NANOSECONDS.toMicros(attempts.queuedNanos()));
        if (attempts.connectedNanos() >= 0) {
            number(line, "connect_us", TimeUnit.NANOSECONDS.toMicros(attempts.connectedNanos()));
        }
        if (attempts.firstByteNanos() >= 0) {
            number(line, "first_byte_us", TimeUnit.NANOSECONDS.toMicros(attempts.firstByteNanos()));
        }
    }

    private static void number(LogLine line, String key, long value) {
        key(line, key).add(value);
    }

    private static void text(LogLine line, String key, Optional<String> value) {
        value.ifPresent(text -> text(line, key, text));
    }

    private static void text(LogLine line, String key, String value) {
        if (!value.isEmpty()) {
            key(line, key).add('"');
            escaped(line, decoded(value));
            line.add('"');
        }
    }

    private static LogLine key(LogLine line, String key) {
        return line.add(",\"").add(key).add("\":");
    }

    /** Text from the wire has one char for each byte; text of the configuration has any. */
    private static String decoded(String text) {
        boolean plain = true;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                return text;
            }
            plain &= text.charAt(i) < 0x80;
        }
        if (plain) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    private static void escaped(LogLine line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.add('\\').add(c);
            } else if (c >= ' ' && c < 0x7f) {
                line.add(c);
            } else {
                line.add("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    line.add((char) HEX[c >> shift & 15]);
                }
            }
        }
    }
}
