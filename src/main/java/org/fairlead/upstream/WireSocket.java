package org.fairlead.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * A {@link Transport} in the shape of a socket, for HttpClient's connection and for TLS to sit on. Time limits are the
 * transport's own; socket options do nothing here, they were set on the channel.
 */
final class WireSocket extends Socket {
    private final Transport wire;
    private final InputStream input;
    private final OutputStream output;

    private final boolean closes;

    /**
     * @param closes whether closing this closes the transport; TLS closes on a failed handshake, when the member's
     *     alert about it may still lie there unread
     */
    WireSocket(Transport wire, InputStream input, boolean closes) {
        this.closes = closes;
        this.wire = wire;
        this.input = input;
        this.output = new Output();
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            wire.write(source, offset, length);
        }

        @Override
        public void close() {
            WireSocket.this.close();
        }
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return !wire.isOpen();
    }

    /** No address: TLS gets the member's name separately, and a Unix socket has no address. */
    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return 0;
    }

    @Override
    public void setSoTimeout(int millis) {
        // The transport has its own limit.
    }

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        // A closed channel responds with a reset to bytes that still come; nothing lingers.
    }

    @Override
    public int getSoLinger() {
        return -1;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // Set on the channel.
    }

    @Override
    public void shutdownOutput() throws IOException {
        wire.shutdownOutput();
    }

    @Override
    public void close() {
        if (closes) {
            wire.close();
        }
    }
}
