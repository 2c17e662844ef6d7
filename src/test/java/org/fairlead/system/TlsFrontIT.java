package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Renewed certificates, and certificates of clients, in the jar as its users start it; httpd is the judge. */
class TlsFrontIT {
    private static final Path FIXTURES =
            Path.of("src/test/resources/org/fairlead/config/tls").toAbsolutePath();
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @RegisterExtension
    final Members members = new Members();

    @Test
    void aRenewedCertificateIsShownAndABrokenOneIsNotWhileAConnectionGoesOn() throws Exception {
        Path folder = Leftovers.directory("renewal");
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        replace("rsa.crt", certificate);
        replace("rsa.key", key);
        RawMember member = members.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        String configuration = FrontDoor.plain(member.port(), "KeepAliveTimeout 60")
                + "SSLEngine on\nSSLCertificateFile " + certificate + "\nSSLCertificateKeyFile " + key + "\n";
        try (FairleadJar jar = FairleadJar.configured(configuration);
                RawClient established = RawClient.over(connect(jar.port(), "", Optional.empty()))) {
            assertThat(established.send(REQUEST).read().status()).isEqualTo(200);
            String first = serial(jar.port());
            assertThat(first).isEqualTo(serialOf("rsa.crt"));

            replace("ec.crt", certificate);
            replace("ec.key", key);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> serial(jar.port()).equals(serialOf("ec.crt")));
            assertThat(established.send(REQUEST).read().status()).isEqualTo(200);

            Files.writeString(key, "nonsense");
            await().atMost(Duration.ofSeconds(20)).until(() -> jar.output().contains("not taken over"));
            assertThat(serial(jar.port())).isEqualTo(serialOf("ec.crt"));
            assertThat(established.send(REQUEST).read().status()).isEqualTo(200);
            assertThat(jar.output())
                    .containsOnlyOnce("what was read before stays: SSLCertificateKeyFile '" + key
                            + "' (expected: a file with a private key in PEM");
        }
    }

    private static void replace(String fixture, Path file) throws IOException {
        Path fresh = file.resolveSibling("fresh");
        Files.copy(FIXTURES.resolve(fixture), fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String serial(int port) throws Exception {
        try (SSLSocket socket = connect(port, "", Optional.empty())) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSerialNumber()
                    .toString(16);
        }
    }

    private static String serialOf(String fixture) throws Exception {
        return chain(fixture)[0].getSerialNumber().toString(16);
    }

    private static X509Certificate[] chain(String fixture) throws Exception {
        try (var in = Files.newInputStream(FIXTURES.resolve(fixture))) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(X509Certificate[]::new);
        }
    }

    /** @param client fixture whose certificate is shown when it is asked for */
    private static SSLSocket connect(int port, String name, Optional<String> client) throws Exception {
        SSLSocket socket = (SSLSocket) context(client).getSocketFactory().createSocket(Loopback.address(), port);
        SSLParameters parameters = socket.getSSLParameters();
        if (!name.isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) RawClient.TIMEOUT.toMillis());
        socket.startHandshake();
        return socket;
    }

    private static SSLContext context(Optional<String> client) throws Exception {
        if (client.isEmpty()) {
            return FrontDoor.trustingAll();
        }
        String pem = Files.readString(FIXTURES.resolve(client.get() + ".key"));
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        Certificate[] chain = chain(client.get() + ".crt");
        store.setKeyEntry(
                "client",
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
                new char[0],
                chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {FrontDoor.trustingEverybody()}, new SecureRandom());
        return context;
    }

    private static final List<String> NAMES = List.of(
            "open.example",
            "same.example",
            "other.example",
            "protected.example",
            "optional.example",
            "generous.example",
            "a.b.wild.example",
            "unknown.example");

    private static final List<String> VARIABLES = List.of(
            "SSL_CLIENT_VERIFY",
            "SSL_CLIENT_S_DN",
            "SSL_CLIENT_I_DN",
            "SSL_CLIENT_S_DN_CN",
            "SSL_CLIENT_S_DN_O",
            "SSL_CLIENT_S_DN_OU",
            "SSL_CLIENT_S_DN_OU_1",
            "SSL_CLIENT_S_DN_C",
            "SSL_CLIENT_S_DN_ST",
            "SSL_CLIENT_S_DN_L",
            "SSL_CLIENT_S_DN_T",
            "SSL_CLIENT_S_DN_G",
            "SSL_CLIENT_S_DN_S",
            "SSL_CLIENT_S_DN_I",
            "SSL_CLIENT_S_DN_D",
            "SSL_CLIENT_S_DN_UID",
            "SSL_CLIENT_S_DN_Email",
            "SSL_CLIENT_I_DN_CN",
            "SSL_CLIENT_M_SERIAL",
            "SSL_CLIENT_M_VERSION",
            "SSL_CLIENT_V_START",
            "SSL_CLIENT_V_END",
            "SSL_CLIENT_V_REMAIN",
            "SSL_CLIENT_A_SIG",
            "SSL_CLIENT_A_KEY",
            "SSL_CLIENT_CERT",
            "SSL_CLIENT_CERT_CHAIN_0",
            "SSL_CLIENT_CERT_RFC4523_CEA",
            "SSL_CLIENT_SAN_DNS_0",
            "SSL_CLIENT_SAN_DNS_1",
            "SSL_CLIENT_SAN_Email_1",
            "SSL_CLIENT_SAN_OTHER_msUPN_0",
            "SSL_SERVER_S_DN",
            "SSL_SERVER_A_SIG",
            "SSL_SERVER_M_SERIAL",
            "SSL_PROTOCOL",
            "SSL_CIPHER",
            "SSL_CIPHER_USEKEYSIZE",
            "SSL_CIPHER_ALGKEYSIZE",
            "SSL_TLS_SNI");

    /** Seven hosts on one port, of which some ask for certificates; the member gets the variables as fields. */
    private static String sevenHosts(int memberPort) {
        StringBuilder text = new StringBuilder("SSLCACertificateFile " + FIXTURES.resolve("ca.crt") + "\n");
        host(text, "open.example", "rsa", "");
        host(text, "same.example", "rsa", "");
        host(text, "other.example", "ec", "");
        host(text, "protected.example", "rsa", "SSLVerifyClient require");
        host(text, "optional.example", "rsa", "SSLVerifyClient optional");
        host(text, "generous.example", "rsa", "SSLVerifyClient optional_no_ca");
        host(text, "wild.example\nServerAlias *.wild.example", "rsa", "SSLVerifyClient require\nSSLVerifyDepth 2");
        return text.toString().replace("MEMBER", "http://127.0.0.1:" + memberPort);
    }

    private static void host(StringBuilder text, String name, String certificate, String lines) {
        text.append("<VirtualHost *:${PORT}>\nServerName " + name + "\n" + FrontDoor.certificate(certificate) + lines
                + "\n");
        VARIABLES.forEach(variable ->
                text.append("RequestHeader set X-" + variable.replace('_', '-') + " \"%{" + variable + "}s\"\n"));
        text.append(
                "<Location /verified>\nRequire ssl-verify-client\n</Location>\nProxyPass / MEMBER/\n</VirtualHost>\n");
    }

    private static String echo(WireMessage request) {
        StringBuilder fields = new StringBuilder();
        request.headerLines().stream()
                .filter(line -> line.startsWith("X-SSL"))
                .forEach(line -> fields.append(line).append('\n'));
        return "HTTP/1.1 200 OK\r\nContent-Length: " + fields.length() + "\r\n\r\n" + fields;
    }

    /** What a client gets that names one host in its handshake and another in its request; its status, or "alert". */
    private static String asked(int port, String sni, String host, Optional<String> client, String path) {
        try (RawClient connection = RawClient.over(connect(port, sni, client))) {
            WireMessage answer = connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: " + host
                            + "\r\nX-SSL-CLIENT-S-DN: forged\r\nConnection: close\r\n\r\n")
                    .read();
            return answer.status() + (answer.status() == 200 ? "\n" + answer.bodyText() : "");
        } catch (Exception refused) {
            return "alert";
        }
    }

    private static Map<String, String> all(int port) {
        Map<String, String> all = new TreeMap<>();
        List<String> names = new ArrayList<>(NAMES);
        for (String host : NAMES) {
            for (String sni : names) {
                String status = asked(port, sni, host, Optional.empty(), "/")
                        .lines()
                        .findFirst()
                        .orElse("");
                all.put("handshake with " + sni + ", request for " + host, status);
            }
            all.put(
                    "nameless handshake, request for " + host,
                    asked(port, "", host, Optional.empty(), "/")
                            .lines()
                            .findFirst()
                            .orElse(""));
        }
        for (String client : List.of("client", "client-deep", "client-stranger", "client-expired")) {
            for (String host :
                    List.of("protected.example", "optional.example", "generous.example", "a.b.wild.example")) {
                all.put(client + " at " + host, asked(port, host, host, Optional.of(client), "/"));
                all.put(
                        client + " at " + host + " where it must be good",
                        asked(port, host, host, Optional.of(client), "/verified")
                                .lines()
                                .findFirst()
                                .orElse(""));
            }
        }
        all.put(
                "nobody at optional.example",
                asked(port, "optional.example", "optional.example", Optional.empty(), "/"));
        all.put(
                "nobody where it must be good",
                asked(port, "optional.example", "optional.example", Optional.empty(), "/verified"));
        return all;
    }

    /** One by one, so that a difference is told and not the whole. */
    private static List<String> lines(Map<String, String> answers) {
        List<String> lines = new ArrayList<>();
        answers.forEach((who, answer) -> answer.lines().sorted().forEach(line -> lines.add(who + ": " + line)));
        return lines;
    }

    @Test
    void whoGetsInWhereAndWhatMembersAreToldOfItIsAsInHttpd() throws Exception {
        Httpd.assumeInstalled();
        RawMember member = members.answering(TlsFrontIT::echo);
        String configuration = sevenHosts(member.port());
        int port = Loopback.freePort();
        try (Httpd httpd = Httpd.start(configuration);
                FairleadJar jar = FairleadJar.configured(
                        "Listen 127.0.0.1:" + port + "\n" + configuration.replace("${PORT}", port + ""))) {
            Map<String, String> expected = all(httpd.port());
            Map<String, String> answers = all(jar.port());

            assertThat(lines(answers)).containsExactlyInAnyOrderElementsOf(lines(expected));
            assertThat(answers.get("client at protected.example"))
                    .contains("X-SSL-CLIENT-VERIFY: SUCCESS\n", "X-SSL-CLIENT-S-DN-OU-1: Second;Unit\n")
                    .doesNotContain("forged");
            assertThat(answers.get("handshake with open.example, request for protected.example"))
                    .isEqualTo("421");
            assertThat(answers.get("handshake with a.b.wild.example, request for a.b.wild.example"))
                    .isEqualTo("alert");
            assertThat(answers.get("nobody where it must be good")).isEqualTo("403");
        }
    }

    /** Hosts that ask for certificates as a Tomcat's server.xml has them, beside the one that asks nobody. */
    private static String asking(String serverXml) {
        StringBuilder hosts = new StringBuilder("</SSLHostConfig>\n");
        for (String verify : List.of("required", "optional")) {
            hosts.append("<SSLHostConfig hostName=\"" + verify + ".example\" certificateVerification=\"" + verify
                    + "\" certificateVerificationDepth=\"0\" truststoreType=\"PKCS12\" truststorePassword=\"secret\""
                    + " truststoreFile=\"" + authorities() + "\"><Certificate certificateFile=\""
                    + FIXTURES.resolve("rsa.crt") + "\" certificateKeyFile=\"" + FIXTURES.resolve("rsa.key")
                    + "\"/></SSLHostConfig>\n");
        }
        assertThat(serverXml).containsOnlyOnce("</SSLHostConfig>");
        return serverXml.replace("</SSLHostConfig>", hosts);
    }

    private static Path authorities() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", chain("ca.crt")[0]);
            Path file = Leftovers.directory("ca").resolve("ca.p12");
            try (var out = Files.newOutputStream(file)) {
                store.store(out, "secret".toCharArray());
            }
            return file;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> who(int port) {
        Map<String, String> all = new TreeMap<>();
        for (String host : List.of("required.example", "optional.example")) {
            all.put("nobody at " + host, asked(port, host, host, Optional.empty(), "/"));
            for (String client : List.of("client", "client-stranger", "client-expired")) {
                all.put(client + " at " + host, asked(port, host, host, Optional.of(client), "/"));
            }
        }
        String host = "optional.example";
        all.put("nobody where it must be good", asked(port, host, host, Optional.empty(), "/verified"));
        String good = asked(port, host, host, Optional.of("client"), "/verified");
        all.put("client where it must be good", good);
        return all;
    }

    @Test
    void behindATomcatThatAsksForCertificatesItIsAsInHttpd() throws Exception {
        Httpd.assumeInstalled();
        RawMember member = members.answering(TlsFrontIT::echo);
        String rules = VARIABLES.stream()
                        .filter(name -> name.startsWith("SSL_CLIENT_"))
                        .map(name -> "RequestHeader set X-" + name.replace('_', '-') + " \"%{" + name + "}s\"\n")
                        .collect(Collectors.joining())
                + "<Location /verified>\nRequire ssl-verify-client\n</Location>\nProxyPass / http://127.0.0.1:"
                + member.port() + "/\n";
        String hosts = List.of("require", "optional").stream()
                .map(verify -> "<VirtualHost *:${PORT}>\nServerName " + verify.replaceFirst("require$", "required")
                        + ".example\n" + FrontDoor.certificate("rsa") + "SSLVerifyClient " + verify + "\n" + rules
                        + "</VirtualHost>\n")
                .collect(Collectors.joining());
        try (Httpd httpd = Httpd.start("SSLCACertificateFile " + FIXTURES.resolve("ca.crt") + "\n" + hosts);
                ConfiguredTomcat tomcat =
                        ConfiguredTomcat.start(Containers.TOMCAT_11, Map.of(), TlsFrontIT::asking, text -> rules)) {
            Map<String, String> expected = who(httpd.port());
            Map<String, String> answers = who(tomcat.securePort());

            assertThat(lines(answers)).as(tomcat.log()).containsExactlyInAnyOrderElementsOf(lines(expected));
            assertThat(answers.get("client at required.example"))
                    .contains("X-SSL-CLIENT-VERIFY: SUCCESS\n", "X-SSL-CLIENT-S-DN-OU-1: Second;Unit\n")
                    .doesNotContain("forged");
            assertThat(answers.get("nobody at optional.example")).contains("X-SSL-CLIENT-VERIFY: NONE\n");
            assertThat(answers.get("nobody at required.example")).isEqualTo("alert");
            assertThat(answers.get("nobody where it must be good")).isEqualTo("403");
            assertThat(answers.get("client where it must be good")).startsWith("200\n");
        }
    }

    /** Without {@code Host} it is the first host that serves a request, whatever the handshake was for. */
    @Test
    void aRequestWithoutANameDoesNotReachAHostThatAsksForACertificate() throws Exception {
        RawMember member = members.answering(TlsFrontIT::echo);
        String both = "Listen 127.0.0.1:0\nSSLCACertificateFile " + FIXTURES.resolve("ca.crt")
                + "\n<VirtualHost *>\nServerName protected.example\nSSLVerifyClient require\n"
                + FrontDoor.certificate("rsa") + "ProxyPass / http://127.0.0.1:" + member.port()
                + "/\n</VirtualHost>\n<VirtualHost *>\nServerName localhost\nServerAlias 127.0.0.1\n"
                + FrontDoor.certificate("rsa") + "ProxyPass / http://127.0.0.1:" + member.port()
                + "/\n</VirtualHost>\n";
        try (FairleadJar jar = FairleadJar.configured(both);
                RawClient client = RawClient.over(connect(jar.port(), "localhost", Optional.empty()))) {
            client.send("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.read().status()).isEqualTo(421);
            assertThat(member.requests()).isEmpty();
        }
    }
}
