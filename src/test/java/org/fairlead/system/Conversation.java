package org.fairlead.system;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/**
 * One connection to a {@link RawMember}, in the hands of its script.
 *
 * <p>Every byte that arrives is recorded before anyone interprets it. The script's thread reads and writes; the record
 * may be read by any thread.
 */
public final class Conversation {
    private final Socket socket;
    private final Recorder recorder;
    private final WireReader reader;
    private final List<WireMessage> requests;

    Conversation(Socket socket, List<WireMessage> requests) throws IOException {
        this.socket = socket;
        this.requests = requests;
        recorder = new Recorder(socket.getInputStream());
        reader = new WireReader(recorder);
    }

    /** Returns the next whole request, or empty when no further one comes. */
    public Optional<WireMessage> readRequest() throws IOException {
        Optional<WireMessage> request = reader.readRequest();
        request.ifPresent(requests::add);
        return request;
    }

    /** Returns the next request's head and leaves its body to {@link #input}. */
    public Optional<WireMessage> readHead() throws IOException {
        Optional<WireMessage> head = reader.readHead();
        head.ifPresent(requests::add);
        return head;
    }

    /** Sends text, one byte per character. */
    public Conversation send(String text) throws IOException {
        return send(WireReader.latin1(text));
    }

    /** Sends bytes. */
    public Conversation send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Returns what follows the last request or head read. */
    public InputStream input() {
        return reader.input();
    }

    /** Returns the stream to the proxy. */
    public OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    /** Ends the connection in order. */
    public void close() throws IOException {
        socket.close();
    }

    /** Breaks the connection off with a TCP reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Returns all bytes that have arrived so far. */
    byte[] received() {
        return recorder.received();
    }

    /** Records a stream as it is read; guarded by the record. */
    private static final class Recorder extends FilterInputStream {
        private final ByteArrayOutputStream record = new ByteArrayOutputStream();

        Recorder(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            if (read > 0) {
                synchronized (record) {
                    record.write(into, offset, read);
                }
            }
            return read;
        }

        byte[] received() {
            synchronized (record) {
                return record.toByteArray();
            }
        }
    }
}
