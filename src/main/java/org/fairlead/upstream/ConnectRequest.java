package org.fairlead.upstream;

import java.io.IOException;

/** A CONNECT request to an outbound proxy, for a tunnel to an {@code https} member (RFC 9110 9.3.6). */
final class ConnectRequest {
    private static final ByteArrayPool HEAD_BUFFERS = new ByteArrayPool(512);

    private ConnectRequest() {}

    /**
     * Returns when the transport leads to the member.
     *
     * @throws IOException if the proxy refuses or its response is not to be trusted
     */
    static void send(Transport wire, String host, int port, int maxLine) throws IOException {
        String authority = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        WriteBuffer outlet = new WriteBuffer(HEAD_BUFFERS);
        outlet.requestLine("CONNECT", authority);
        outlet.field("Host", authority);
        outlet.endLine();
        wire.write(outlet.bytes, 0, outlet.end);
        outlet.release();
        ReadBuffer inlet = new ReadBuffer(wire);
        HeadParser parser = new HeadParser(inlet, maxLine);
        ParsedHead head = parser.read();
        for (int interims = 0; head.status() < 200; interims++) {
            if (head.status() == 101 || interims == 10) {
                throw new BadResponseException("the outbound proxy does not answer CONNECT");
            }
            head = parser.read();
        }
        if (head.status() > 299) {
            throw new IOException("the outbound proxy answered CONNECT with " + head.status());
        }
        if (!inlet.isEmpty()) {
            throw new BadResponseException("bytes behind the outbound proxy's answer to CONNECT");
        }
    }
}
