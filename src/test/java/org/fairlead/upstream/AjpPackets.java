package org.fairlead.upstream;

import java.nio.charset.StandardCharsets;
import org.fairlead.upstream.RawMember.Conversation;

/** Packets of an AJP member, one character for each byte. */
final class AjpPackets {
    static final String END = packet("\5\1");
    static final String END_AND_CLOSE = packet("\5\0");
    static final String CPONG = packet("\11");
    static final String FLUSH = packet("\3\0\0\0");

    private AjpPackets() {}

    static String packet(String content) {
        return "AB" + number(content.length()) + content;
    }

    static String number(int value) {
        return "" + (char) (value >> 8 & 0xFF) + (char) (value & 0xFF);
    }

    static String string(String text) {
        return number(text.length()) + text + "\0";
    }

    /** A head with these fields, names and values in turn. */
    static String head(int status, String... fields) {
        StringBuilder content = new StringBuilder("\4" + number(status) + string("Any") + number(fields.length / 2));
        for (String text : fields) {
            content.append(string(text));
        }
        return packet(content.toString());
    }

    static String chunk(String data) {
        return packet("\3" + number(data.length()) + data + "\0");
    }

    static String getBody(int most) {
        return packet("\6" + number(most));
    }

    /** A whole answer. */
    static String ok(String body) {
        return head(200) + chunk(body) + END;
    }

    /** Reads a packet of the proxy's: what is behind its header. */
    static String read(Conversation with) throws Exception {
        byte[] header = with.read(4).getBytes(StandardCharsets.ISO_8859_1);
        return with.read((header[2] & 0xFF) << 8 | header[3] & 0xFF);
    }
}
