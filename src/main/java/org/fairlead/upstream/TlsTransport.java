package org.fairlead.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The TLS transport over a plain connection.
 *
 * <p>Bytes at hand below need not be application data: TLS 1.3 sends session tickets at any time. So the question
 * whether the member has sent anything goes through the decryption, which takes whole records only.
 */
final class TlsTransport implements Transport {
    private static final System.Logger LOG = System.getLogger(TlsTransport.class.getName());

    private final PlainTransport plain;
    private final RecordInput records;
    private final SSLSocket socket;
    private final InputStream input;
    private final OutputStream output;

    private TlsTransport(PlainTransport plain, RecordInput records, SSLSocket socket) throws IOException {
        this.plain = plain;
        this.records = records;
        this.socket = socket;
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
    }

    /**
     * Performs the handshake. Blocks no longer than the plain connection's limit for each silence.
     *
     * @param name the name that is sent as SNI, and that the certificate must be for
     * @throws IOException if it fails; the plain connection is still to be closed
     */
    static TlsTransport handshake(PlainTransport plain, MemberTls tls, PeerName name, int port) throws IOException {
        RecordInput records = new RecordInput(plain);
        SSLSocket socket = (SSLSocket) tls.context()
                .getSocketFactory()
                .createSocket(new WireSocket(plain, records, false), name.text(), port, true);
        SSLParameters parameters = socket.getSSLParameters();
        tls.configure(parameters, name);
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (SSLException e) {
            throw records.alert().map(TlsTransport::alerted).orElse(e);
        }
        return new TlsTransport(plain, records, socket);
    }

    private static SSLException alerted(int description) {
        return new SSLHandshakeException("Received fatal alert: "
                + switch (description) {
                    case 40 -> "handshake_failure";
                    case 42 -> "bad_certificate";
                    case 46 -> "certificate_unknown";
                    case 48 -> "unknown_ca";
                    case 70 -> "protocol_version";
                    case 116 -> "certificate_required";
                    default -> "number " + description;
                });
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return input.read(target, offset, length);
    }

    @Override
    public int readNow(byte[] target, int offset, int length) throws IOException {
        if (input.available() == 0 && !records.isAtHand()) {
            return 0;
        }
        records.mayWait(false);
        try {
            return input.read(target, offset, length);
        } catch (SocketTimeoutException e) {
            if (records.hasRunDry()) {
                return 0;
            }
            throw e;
        } finally {
            records.mayWait(true);
        }
    }

    @Override
    public boolean await(Duration longest) throws IOException {
        return input.available() > 0 || plain.await(longest);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        output.write(source, offset, length);
    }

    /** A record once begun must be finished, so a write here does not give up half-way. */
    @Override
    public Upload upload() {
        return new TlsUpload();
    }

    /** An upload that blocks in writes; it waits on the plain connection below, where records come in. */
    private final class TlsUpload implements Upload {
        private final Object waking = new Object();
        private Upload below;
        private boolean woken;

        @Override
        public boolean write(byte[] source, int offset, int length) throws IOException {
            output.write(source, offset, length);
            return true;
        }

        @Override
        public void awaitWord() throws IOException {
            if (input.available() > 0 || records.isAtHand()) {
                return;
            }
            try (Upload waiting = plain.upload()) {
                synchronized (waking) {
                    if (woken) {
                        woken = false;
                        return;
                    }
                    below = waiting;
                }
                waiting.awaitWord();
            } finally {
                synchronized (waking) {
                    below = null;
                    woken = false;
                }
            }
        }

        @Override
        public void wake() {
            synchronized (waking) {
                woken = true;
                if (below != null) {
                    below.wake();
                }
            }
        }

        @Override
        public void close() {
            // Nothing is open between two waits.
        }
    }

    /** A read brings one record at most, however much there is. */
    @Override
    public boolean isDrainedByShortRead() {
        return false;
    }

    @Override
    public void limit(Duration silence) {
        plain.limit(silence);
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public boolean isOpen() {
        return plain.isOpen();
    }

    /** Sends close_notify (RFC 8446 6.1) if that can be done without waiting. */
    @Override
    public void closeNotify() {
        plain.writeNowOnly();
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.TRACE, "the member did not hear close_notify", e);
        }
    }

    @Override
    public void close() {
        plain.close();
    }
}
