package org.fairlead.upstream;

/**
 * A strict reader of the packets that an AJP member sends: {@code AB}, the length of what follows in two bytes, and the
 * kind of packet. Works in place on the {@link ReadBuffer} and never reads itself. Used by one thread.
 */
final class AjpPacketReader {
    private static final int HEADER_BYTES = 4;
    private static final int CHUNK_PREFIX_BYTES = 3;

    /** The kinds of packet. */
    enum Packet {
        /** No whole packet is here: more must be read first. */
        NONE,
        /** The data of a body begins: {@link #chunkLeft()} bytes; 0 asks for a flush. */
        BODY_CHUNK,
        /** A response's head, to be {@linkplain #head taken}. */
        HEADERS,
        /** The end of a response; {@link #isReusable()}. */
        END,
        /** The member asks for {@link #asked()} bytes of the request's body. */
        GET_BODY_CHUNK,
        /** The answer to CPING. */
        CPONG
    }

    private final ReadBuffer inlet;
    private int chunkLeft;
    private int padding;
    private int packetEnd;
    private int asked;
    private boolean reusable;

    AjpPacketReader(ReadBuffer inlet) {
        this.inlet = inlet;
    }

    /**
     * Finds the next packet, behind the data of the last chunk, all of which must have been used.
     *
     * @throws BadResponseException if what is here begins no packet of a member
     */
    Packet next() throws BadResponseException {
        if (padding > 0) {
            if (inlet.isEmpty()) {
                return Packet.NONE;
            }
            inlet.position += padding;
            padding = 0;
        }
        if (inlet.length() <= HEADER_BYTES) {
            return Packet.NONE;
        }
        byte[] bytes = inlet.bytes;
        int start = inlet.position;
        if (bytes[start] != 'A' || bytes[start + 1] != 'B') {
            throw new BadResponseException("no AJP packet");
        }
        int length = number(start + 2);
        if (length == 0) {
            throw new BadResponseException("empty AJP packet");
        }
        int type = bytes[start + HEADER_BYTES];
        int needed = type == 3 ? Math.min(length, CHUNK_PREFIX_BYTES) : length;
        if (inlet.length() < HEADER_BYTES + needed) {
            return Packet.NONE;
        }
        packetEnd = start + HEADER_BYTES + length;
        return packet(type, start + HEADER_BYTES + 1, length);
    }

    private Packet packet(int type, int content, int length) throws BadResponseException {
        return switch (type) {
            case 3 -> {
                beginChunk(content, length);
                yield Packet.BODY_CHUNK;
            }
            case 4 -> Packet.HEADERS;
            case 5 -> {
                expect(length, 2);
                reusable = inlet.bytes[content] != 0;
                yield used(Packet.END);
            }
            case 6 -> {
                expect(length, CHUNK_PREFIX_BYTES);
                asked = number(content);
                yield used(Packet.GET_BODY_CHUNK);
            }
            case 9 -> {
                expect(length, 1);
                yield used(Packet.CPONG);
            }
            default -> throw new BadResponseException("AJP packet of unknown kind " + (type & 0xFF));
        };
    }

    /** Containers put a zero byte behind the data, which the packet's length counts. */
    private void beginChunk(int content, int length) throws BadResponseException {
        if (length < CHUNK_PREFIX_BYTES) {
            throw new BadResponseException("AJP body chunk without a length");
        }
        chunkLeft = number(content);
        padding = length - CHUNK_PREFIX_BYTES - chunkLeft;
        if (padding < 0 || padding > 1) {
            throw new BadResponseException("AJP body chunk of " + chunkLeft + " bytes in a packet of " + length);
        }
        inlet.position = content + 2;
    }

    private Packet used(Packet packet) {
        inlet.position = packetEnd;
        return packet;
    }

    private static void expect(int length, int wanted) throws BadResponseException {
        if (length != wanted) {
            throw new BadResponseException("AJP packet of " + length + " bytes instead of " + wanted);
        }
    }

    private int number(int at) {
        return (inlet.bytes[at] & 0xFF) << 8 | inlet.bytes[at + 1] & 0xFF;
    }

    /** After {@link Packet#HEADERS}: parses the head and goes on behind it. */
    ParsedHead head(int maxField) throws BadResponseException {
        ParsedHead head = new AjpHeadParser(inlet.bytes, inlet.position + HEADER_BYTES + 1, packetEnd, maxField).read();
        inlet.position = packetEnd;
        return head;
    }

    /** Bytes of the current chunk's data that were not used yet. */
    int chunkLeft() {
        return chunkLeft;
    }

    /** Records that {@code n} bytes of the current chunk at the read buffer's position were used. */
    void used(int n) {
        inlet.position += n;
        chunkLeft -= n;
    }

    /** After {@link Packet#GET_BODY_CHUNK}: the most bytes that the member wants. */
    int asked() {
        return asked;
    }

    /** After {@link Packet#END}: whether the member lets the connection carry another request. */
    boolean isReusable() {
        return reusable;
    }
}
