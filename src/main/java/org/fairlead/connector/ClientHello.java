package org.fairlead.connector;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * First message of a TLS handshake, which a client may spread over several records (RFC 8446 5.1). Tomcat reads the
 * server name (SNI) from the first record alone. Used by one thread at a time.
 */
final class ClientHello {
    private static final int RECORD_HEAD = 5;
    private static final int MESSAGE_HEAD = 4;
    private static final byte HANDSHAKE = 22;
    private static final byte CLIENT_HELLO = 1;

    /** Maximum length of a record's content (RFC 8446 5.1). */
    private static final int MAX_RECORD_BYTES = 1 << 14;

    private ClientHello() {}

    /** State of the message as far as it is known. */
    enum State {
        /** The message is in one record, or is no ClientHello: nothing is to be done here. */
        ONE_RECORD,
        /** More has to be read before the state is known. */
        INCOMPLETE,
        /** The message is complete, in several records. */
        SEVERAL_RECORDS
    }

    /** @param received what has come, from its beginning to its position */
    static State state(ByteBuffer received) {
        ByteBuffer bytes = received.duplicate().flip();
        int needed = Integer.MAX_VALUE;
        int there = 0;
        int records = 0;
        while (there < needed && bytes.remaining() >= RECORD_HEAD) {
            int length = bytes.getChar(bytes.position() + RECORD_HEAD - 2);
            if (bytes.get(bytes.position()) != HANDSHAKE || length == 0 || length > MAX_RECORD_BYTES) {
                return State.ONE_RECORD;
            }
            records++;
            there += length;
            if (bytes.remaining() < RECORD_HEAD + length) {
                return State.INCOMPLETE;
            }
            bytes.position(bytes.position() + RECORD_HEAD + length);
            if (there >= MESSAGE_HEAD && needed == Integer.MAX_VALUE) {
                ByteBuffer message = joined(received, MESSAGE_HEAD).orElseThrow();
                if (message.get(RECORD_HEAD) != CLIENT_HELLO) {
                    return State.ONE_RECORD;
                }
                needed = MESSAGE_HEAD + (message.getInt(RECORD_HEAD) & 0xff_ffff);
            }
        }
        if (there < needed) {
            return State.INCOMPLETE;
        }
        return records == 1 ? State.ONE_RECORD : State.SEVERAL_RECORDS;
    }

    /** Returns the whole message in one record, as a buffer that is full; empty if it is longer than a record can say. */
    static Optional<ByteBuffer> inOneRecord(ByteBuffer received) {
        ByteBuffer head = joined(received, MESSAGE_HEAD).orElseThrow();
        return joined(received, MESSAGE_HEAD + (head.getInt(RECORD_HEAD) & 0xff_ffff));
    }

    private static Optional<ByteBuffer> joined(ByteBuffer received, int length) {
        if (length > Character.MAX_VALUE) {
            return Optional.empty();
        }
        ByteBuffer bytes = received.duplicate().flip();
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEAD + length);
        record.put(bytes.get(0)).put(bytes.get(1)).put(bytes.get(2)).putChar((char) length);
        while (record.hasRemaining()) {
            int content = bytes.getChar(bytes.position() + RECORD_HEAD - 2);
            int n = Math.min(content, record.remaining());
            record.put(bytes.slice(bytes.position() + RECORD_HEAD, n));
            bytes.position(bytes.position() + RECORD_HEAD + content);
        }
        return Optional.of(record);
    }
}
