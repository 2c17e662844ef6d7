package org.fairlead.tls;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One value in DER (X.690), of a certificate that the JDK has already parsed.
 *
 * @param tag its first byte
 * @param content the content bytes
 * @param encoded the whole encoding
 */
record Der(int tag, byte[] content, byte[] encoded) {
    private static final int OID = 6;

    /** Parses consecutive values. */
    static List<Der> all(byte[] bytes) {
        List<Der> values = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int start = at;
            int tag = bytes[at] & 0xFF;
            int length = bytes[at + 1] & 0xFF;
            at += 2;
            if (length >= 0x80) {
                int count = length & 0x7F;
                length = 0;
                for (int i = 0; i < count; i++) {
                    length = length << 8 | bytes[at++] & 0xFF;
                }
            }
            values.add(new Der(
                    tag, Arrays.copyOfRange(bytes, at, at + length), Arrays.copyOfRange(bytes, start, at + length)));
            at += length;
        }
        return values;
    }

    /** The values within a constructed one. */
    List<Der> parts() {
        return all(content);
    }

    /** An object identifier with dots; empty if it is something else. */
    String oid() {
        if (tag != OID) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        long arc = 0;
        for (byte b : content) {
            arc = arc << 7 | b & 0x7F;
            if (b >= 0) {
                if (text.isEmpty()) {
                    long first = Math.min(2, arc / 40);
                    text.append(first).append('.').append(arc - 40 * first);
                } else {
                    text.append('.').append(arc);
                }
                arc = 0;
            }
        }
        return text.toString();
    }

    /** A character string; empty if it is none. */
    Optional<String> text() {
        return switch (tag) {
            case 0x0C -> Optional.of(text(StandardCharsets.UTF_8));
            case 0x12, 0x13, 0x14, 0x16, 0x1A -> Optional.of(text(StandardCharsets.ISO_8859_1));
            case 0x1C -> Optional.of(text(Charset.forName("UTF-32BE")));
            case 0x1E -> Optional.of(text(StandardCharsets.UTF_16BE));
            default -> Optional.empty();
        };
    }

    private String text(Charset charset) {
        return new String(content, charset);
    }
}
