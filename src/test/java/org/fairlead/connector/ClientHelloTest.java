package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientHelloTest {
    private static byte[] message(int type, int length) {
        byte[] message = new byte[4 + length];
        message[0] = (byte) type;
        message[1] = (byte) (length >> 16);
        message[2] = (byte) (length >> 8);
        message[3] = (byte) length;
        for (int i = 4; i < message.length; i++) {
            message[i] = (byte) i;
        }
        return message;
    }

    private static ByteBuffer records(byte[] message, int inEach, int type) {
        ByteBuffer records = ByteBuffer.allocate(6 * message.length + 100);
        for (int at = 0; at < message.length; at += inEach) {
            int n = Math.min(inEach, message.length - at);
            records.put((byte) type)
                    .put((byte) 3)
                    .put((byte) 1)
                    .putChar((char) n)
                    .put(message, at, n);
        }
        return records;
    }

    @ParameterizedTest(name = "a message {0} of {1} bytes, {2} in each record of type {3}: {4}")
    @CsvSource({
        "1, 500, 600, 22, ONE_RECORD",
        "1, 500, 504, 22, ONE_RECORD",
        "1, 500, 503, 22, SEVERAL_RECORDS",
        "1, 500, 100, 22, SEVERAL_RECORDS",
        "1, 500, 3,   22, SEVERAL_RECORDS",
        "1, 500, 1,   22, SEVERAL_RECORDS",
        "2, 500, 100, 22, ONE_RECORD",
        "1, 500, 100, 21, ONE_RECORD",
    })
    void isReadFromAllItsRecords(int type, int length, int inEach, int record, ClientHello.State state) {
        byte[] message = message(type, length);
        ByteBuffer received = records(message, inEach, record);
        assertThat(ClientHello.state(received)).isEqualTo(state);
        if (state == ClientHello.State.SEVERAL_RECORDS) {
            ByteBuffer whole = ClientHello.inOneRecord(received).orElseThrow();
            assertThat(whole.hasRemaining()).isFalse();
            assertThat(whole.array()).hasSize(5 + message.length).endsWith(message);
            assertThat(whole.getChar(3)).isEqualTo((char) message.length);
            ByteBuffer cut = received.duplicate();
            for (int end = 0; end < received.position(); end++) {
                assertThat(ClientHello.state(cut.position(end))).isEqualTo(ClientHello.State.INCOMPLETE);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"GET / HTTP/1.1", "'\u0016\u0003\u0001\u0000\u0000'", "'\u0016\u0003\u0001\u007f\u007f\u0001'"})
    void whatIsNoHandshakeIsLeftToTomcat(String text) {
        ByteBuffer received = ByteBuffer.allocate(100);
        received.put(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(ClientHello.state(received)).isEqualTo(ClientHello.State.ONE_RECORD);
    }
}
