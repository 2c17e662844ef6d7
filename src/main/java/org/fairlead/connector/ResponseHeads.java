package org.fairlead.connector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.coyote.Response;
import org.apache.tomcat.util.http.MimeHeaders;
import org.fairlead.http.FieldNames;
import org.fairlead.http.Headers;
import org.fairlead.http.ReasonPhrases;

/**
 * Writer of the heads of one connection's HTTP/1.1 responses. Tomcat composes a head in a buffer of fixed size that
 * each of its processors holds for good, and writes no reason phrase. Here a head of any length passes: the fields that
 * do not fit are kept, and inserted with the phrase while the head is written to the connection. Used by the serving
 * thread.
 */
final class ResponseHeads {
    /** Share of a buffer of 8 KiB; the rest is for what Tomcat adds: length, date, connection. */
    private static final int MAX_COMPOSED_BYTES = 6 * 1024;

    /** {@code HTTP/1.1 200 }, as Tomcat writes it. */
    private static final int STATUS_BYTES = 13;

    private final Response response;
    private final List<Field> further = new ArrayList<>();
    private boolean learned;
    private ByteBuffer composed = ByteBuffer.allocate(0);

    public ResponseHeads(Response response) {
        this.response = response;
    }

    private record Field(byte[] name, byte[] value) {
        int length() {
            return name.length + value.length + 4;
        }
    }

    /** Writes bytes to the connection. */
    interface Sink {
        void write(ByteBuffer bytes) throws IOException;
    }

    /** Adds the fields of a response as they are, behind those that are there. */
    public void add(Headers fields) {
        further.clear();
        MimeHeaders lines = response.getMimeHeaders();
        int length = 0;
        for (int i = 0; i < fields.size(); i++) {
            // An array of its own: Tomcat keeps it for the field's next use, and spells a length into its beginning.
            Field field =
                    new Field(FieldNames.bytes(fields.name(i)), fields.value(i).getBytes(StandardCharsets.ISO_8859_1));
            length += field.length();
            // What follows a field that does not fit stays behind it: lines of one name keep their order.
            if (length <= MAX_COMPOSED_BYTES || concernsTomcat(fields.name(i))) {
                add(field, lines);
            } else {
                further.add(field);
            }
        }
    }

    /** Fields that Tomcat looks for before it adds its own; they are short. */
    private static boolean concernsTomcat(String name) {
        return name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Date");
    }

    private static void add(Field field, MimeHeaders lines) {
        lines.addValue(field.name, 0, field.name.length).setBytes(field.value, 0, field.value.length);
    }

    /** Forgets fields that were not sent: the response is begun anew, or over. */
    public void clear() {
        further.clear();
    }

    /**
     * Passes Tomcat's bytes on to the connection, completed where they are a head. The first bytes that a processor
     * writes from a buffer are a head, and its buffer is that of all its heads.
     */
    public void write(ByteBuffer bytes, Sink connection) throws IOException {
        if (!learned) {
            learned = true;
            composed = bytes;
        }
        if (bytes != composed || bytes.remaining() <= STATUS_BYTES) {
            connection.write(bytes);
            return;
        }
        int end = bytes.limit();
        bytes.limit(bytes.position() + STATUS_BYTES);
        int status = status(bytes);
        connection.write(bytes);
        bytes.limit(end);
        connection.write(ByteBuffer.wrap(ReasonPhrases.of(status).getBytes(StandardCharsets.US_ASCII)));
        if (further.isEmpty() || status < 200 && status != 101) {
            connection.write(bytes);
            return;
        }
        bytes.limit(end - 2);
        connection.write(bytes);
        connection.write(ByteBuffer.wrap(furtherLines()));
        bytes.limit(end);
        connection.write(bytes);
        // For the access log.
        further.forEach(field -> add(field, response.getMimeHeaders()));
        further.clear();
    }

    private static int status(ByteBuffer line) {
        int at = line.limit() - 4;
        return (line.get(at) - '0') * 100 + (line.get(at + 1) - '0') * 10 + line.get(at + 2) - '0';
    }

    private byte[] furtherLines() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Field field : further) {
            lines.writeBytes(field.name);
            lines.write(':');
            lines.write(' ');
            lines.writeBytes(field.value);
            lines.write('\r');
            lines.write('\n');
        }
        return lines.toByteArray();
    }
}
