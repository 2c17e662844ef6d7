package org.fairlead.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;

/** One request on a connection of a {@link WireMember}, while it is being answered. One thread. */
final class Turn {
    private final WireMember member;
    private final Socket socket;
    private final StrictReader reader;
    private final StrictReader.Head head;
    private boolean bodyRead;

    Turn(WireMember member, Socket socket, StrictReader reader, StrictReader.Head head) {
        this.member = member;
        this.socket = socket;
        this.reader = reader;
        this.head = head;
    }

    /** Returns the request line and the fields, before the body is read. */
    Received head() {
        return head.with(new byte[0], List.of(), head.complete());
    }

    /** Reads the rest of the request and puts it on record. */
    Received readBody() throws IOException {
        bodyRead = true;
        Received whole = reader.rest(head);
        member.record(whole);
        if (!whole.complete()) {
            throw new IOException("the request was cut");
        }
        return whole;
    }

    /** Sends these bytes at once. */
    void send(String notation) throws IOException {
        send(Notation.bytes(notation));
    }

    void send(byte[] bytes) throws IOException {
        output().write(bytes);
        output().flush();
    }

    /** Returns what follows the head, or the request once its body has been read. */
    InputStream input() {
        return reader.input();
    }

    OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    /** Reads on until the proxy closes the connection. */
    void awaitEnd() throws IOException {
        byte[] buffer = new byte[64 * 1024];
        while (reader.input().read(buffer) >= 0) {
            continue;
        }
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Puts a request on record whose body nobody has read. */
    void finish() {
        if (!bodyRead) {
            member.record(head.with(new byte[0], List.of(), false));
        }
    }
}
