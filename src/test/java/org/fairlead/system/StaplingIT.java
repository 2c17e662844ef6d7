package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code SSLUseStapling} with an authority and a responder (OCSP) of the test's own, both openssl. */
class StaplingIT {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @RegisterExtension
    final Members members = new Members();

    private final Path folder = Leftovers.directory("ocsp");

    private void openssl(String arguments) {
        List<String> command = new ArrayList<>(List.of(OPENSSL.toString()));
        command.addAll(List.of(arguments.replace("DIR", folder.toString()).split(" ")));
        ServerProcess run = ServerProcess.finish(new ProcessBuilder(command));
        if (run.awaitExit() != 0) {
            throw new IllegalStateException(run.output());
        }
    }

    private void issue(String responder) throws IOException {
        Files.writeString(
                folder.resolve("ca.cnf"), """
                [ca]
                default_ca=c
                [c]
                database=DIR/index.txt
                new_certs_dir=DIR
                serial=DIR/serial
                policy=p
                default_md=sha256
                default_days=10
                [p]
                commonName=supplied
                [ext]
                authorityInfoAccess=OCSP;URI:RESPONDER
                """.replace("DIR", folder.toString()).replace("RESPONDER", responder));
        Files.writeString(folder.resolve("index.txt"), "");
        Files.writeString(folder.resolve("serial"), "01\n");
        String key = " -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout DIR/";
        openssl("req -x509" + key + "ca.key -out DIR/ca.crt -subj /CN=authority -days 10");
        openssl("req" + key + "host.key -out DIR/host.csr -subj /CN=localhost");
        openssl("ca -batch -config DIR/ca.cnf -extensions ext -in DIR/host.csr -cert DIR/ca.crt -keyfile DIR/ca.key"
                + " -notext -out DIR/host.crt");
        Files.writeString(
                folder.resolve("chain.crt"),
                Files.readString(folder.resolve("host.crt")) + Files.readString(folder.resolve("ca.crt")));
    }

    /** RFC 6960 A.1: the question is the body, or stands in the path. */
    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath().substring(1);
        byte[] question = exchange.getRequestMethod().equals("GET")
                ? Base64.getDecoder().decode(URLDecoder.decode(path, StandardCharsets.UTF_8))
                : exchange.getRequestBody().readAllBytes();
        Files.write(folder.resolve("question"), question);
        openssl("ocsp -index DIR/index.txt -rsigner DIR/ca.crt -rkey DIR/ca.key -CA DIR/ca.crt -ndays 1"
                + " -reqin DIR/question -respout DIR/answer");
        byte[] answer = Files.readAllBytes(folder.resolve("answer"));
        exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void theHandshakeSaysWhatTheResponderSaysOfTheCertificate() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(OPENSSL), "SKIPPED: no openssl at " + OPENSSL);
        HttpMember responder = members.http("responder", this::answer);
        issue("http://127.0.0.1:" + responder.port() + "/");
        String host = "Listen 127.0.0.1:0\nSSLEngine on\nSSLCertificateFile " + folder.resolve("chain.crt")
                + "\nSSLCertificateKeyFile " + folder.resolve("host.key") + "\nRedirect / http://a/\n";
        try (FairleadJar jar = FairleadJar.configured(host + "SSLUseStapling on\n");
                SSLSocket socket = (SSLSocket)
                        FrontDoor.trustingAll().getSocketFactory().createSocket(Loopback.address(), jar.port())) {
            socket.startHandshake();
            assertThat(((ExtendedSSLSession) socket.getSession()).getStatusResponses())
                    .singleElement()
                    .isEqualTo(Files.readAllBytes(folder.resolve("answer")));
        }
    }
}
