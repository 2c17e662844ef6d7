package org.fairlead.system;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that sends exactly the bytes of a test and reads exactly what comes back.
 *
 * <p>No library between the test and the wire: nothing is added, normalised, retried or kept from being wrong. A read
 * that takes longer than {@link #TIMEOUT} fails with {@link SocketTimeoutException}. One thread, or one that sends and
 * one that reads.
 */
public final class RawClient implements AutoCloseable {
    /** How long a read waits unless {@link #timeout} says otherwise. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Pattern REQUEST_METHOD = Pattern.compile("([A-Z]+) \\S+ HTTP/1\\.[01]\\r?\\n");

    private final Socket socket;
    private final WireReader reader;
    private volatile String method = "GET";

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
        reader = new WireReader(socket.getInputStream());
    }

    /** Connects to a port of this machine. */
    public static RawClient to(int port) throws IOException {
        return new RawClient(new Socket(Loopback.address(), port));
    }

    /** Speaks over a connection that the test made, one with TLS for instance, and owns it from now on. */
    public static RawClient over(Socket socket) throws IOException {
        return new RawClient(socket);
    }

    /** Sends one request on a connection of its own and returns its final response. */
    public static WireMessage exchange(int port, String request) throws IOException {
        try (RawClient client = to(port)) {
            return client.send(request).readFinal();
        }
    }

    /** Sets how long a read waits. */
    public RawClient timeout(Duration timeout) throws IOException {
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        return this;
    }

    /**
     * Sends text, one byte per character. If it begins with a request line, the next response read answers it, which
     * matters after HEAD.
     */
    public RawClient send(String text) throws IOException {
        Matcher matcher = REQUEST_METHOD.matcher(text);
        if (matcher.lookingAt()) {
            method = matcher.group(1);
        }
        return send(WireReader.latin1(text));
    }

    /** Sends bytes. */
    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Says that no more bytes will come, and still reads. */
    public RawClient finishSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /**
     * Reads the next response, interim ones (1xx) included.
     *
     * @throws EOFException if the connection ended before its first byte
     */
    public WireMessage read() throws IOException {
        return reader.readResponse(method).orElseThrow(() -> new EOFException("closed without a response"));
    }

    /** Reads up to the next response that is not an interim one; 101 is a final one. */
    public WireMessage readFinal() throws IOException {
        WireMessage response = read();
        while (!response.cut() && response.status() < 200 && response.status() != 101) {
            response = read();
        }
        return response;
    }

    /** Reads the next head alone and leaves its body to {@link #input}. */
    public WireMessage readHead() throws IOException {
        return reader.readHead().orElseThrow(() -> new EOFException("closed without a response"));
    }

    /** Returns whether the server has closed the connection, after waiting for it as long as a read does. */
    public boolean isClosedByServer() throws IOException {
        try {
            return reader.ends();
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Returns what follows the last response or head read: a tunnel, or a body too large for memory. */
    public InputStream input() {
        return reader.input();
    }

    /** Returns the stream to the server. */
    public OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    /** Breaks the connection off with a TCP reset, as a client does that goes away. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Closes the connection; often is as good as once. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
