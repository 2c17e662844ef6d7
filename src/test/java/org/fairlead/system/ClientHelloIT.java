package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ClientHello in several TLS records (RFC 8446 5.1) finds the host that it names. */
class ClientHelloIT {
    private static final int RECORD_HEAD = 5;

    @RegisterExtension
    final Members members = new Members();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40, 200, 16_000})
    void inRecordsOfAnyLengthShowsTheCertificateOfTheNamedHost(int inEach) throws Exception {
        RawMember member = members.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        String pass = "ProxyPass / http://127.0.0.1:" + member.port() + "/\n";
        try (FairleadJar jar = FairleadJar.configured("Listen 127.0.0.1:0\n<VirtualHost *>\nServerName one.example\n"
                        + FrontDoor.certificate("rsa") + pass
                        + "</VirtualHost>\n<VirtualHost *>\nServerName two.example\n"
                        + FrontDoor.certificate("ec") + pass + "</VirtualHost>\n");
                SSLSocket client = (SSLSocket) FrontDoor.trustingAll()
                        .getSocketFactory()
                        .createSocket(new Splitting(Loopback.address(), jar.port(), inEach), "two.example", 0, true)) {
            SSLParameters parameters = client.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("two.example")));
            client.setSSLParameters(parameters);
            client.startHandshake();
            assertThat(client.getSession()
                            .getPeerCertificates()[0]
                            .getPublicKey()
                            .getAlgorithm())
                    .isEqualTo("EC");
            assertThat(RawClient.over(client)
                            .send("GET / HTTP/1.1\r\nHost: two.example\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(200);
            assertThat(jar.output()).doesNotContain("WARN");
        }
    }

    /** Writes its first record as several. */
    private static final class Splitting extends Socket {
        private final int inEach;
        private boolean split;

        Splitting(InetAddress address, int port, int inEach) throws IOException {
            super(address, port);
            this.inEach = inEach;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    if (split) {
                        out.write(bytes, offset, length);
                        return;
                    }
                    split = true;
                    for (int at = RECORD_HEAD; at < length; at += inEach) {
                        int n = Math.min(inEach, length - at);
                        ByteArrayOutputStream record = new ByteArrayOutputStream();
                        record.write(bytes, offset, 3);
                        record.write(n >> 8);
                        record.write(n);
                        record.write(bytes, offset + at, n);
                        out.write(record.toByteArray());
                    }
                }
            };
        }
    }
}
