package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLServerSocket;
import org.fairlead.balancer.Member;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.model.ClientCertificates.Revocation;
import org.fairlead.model.MemberTlsConfig;
import org.fairlead.model.PassPhrase;
import org.fairlead.model.RevocationConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members whose certificate is in a revocation list: {@code SSLProxyCARevocationCheck} and related directives. */
@Timeout(60)
class MemberRevocationTest {
    @TempDir
    private static Path folder;

    private static TestCertificate authority;
    private static TestCertificate stranger;
    private static TestCertificate good;
    private static TestCertificate bad;
    private static TestCertificate badAndExpired;

    private final PooledUpstream upstream = new PooledUpstream();

    @BeforeAll
    static void makeLists() throws Exception {
        authority = TestCertificate.authority("Good CA");
        stranger = TestCertificate.authority("Strange CA");
        good = authority.issue();
        bad = authority.issue();
        badAndExpired = authority.issue("localhost", TestCertificate.days(-2), TestCertificate.days(-1));
        Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        write(
                "lists/one.pem",
                authority.revocations(TestCertificate.days(-1), TestCertificate.days(1), bad, badAndExpired));
        write("empty/one.pem", authority.revocations(TestCertificate.days(-1), TestCertificate.days(1)));
        write("old/one.pem", authority.revocations(TestCertificate.days(-3), TestCertificate.days(-2)));
        write("strange/one.pem", stranger.revocations(TestCertificate.days(-1), TestCertificate.days(1)));
        write(
                "forged/one.pem",
                TestCertificate.authority("Good CA").revocations(TestCertificate.days(-1), TestCertificate.days(1)));
    }

    private static void write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private static MemberTlsConfig looking(Revocation check, String lists, boolean expire) {
        Path at = folder.resolve(lists);
        return new MemberTlsConfig(
                true,
                true,
                expire,
                Optional.of(folder.resolve("ca.pem")),
                Optional.empty(),
                Optional.empty(),
                new PassPhrase.None(),
                List.of("TLSv1.2", "TLSv1.3"),
                "",
                lists.endsWith(".pem")
                        ? new RevocationConfig(check, Optional.of(at), Optional.empty())
                        : new RevocationConfig(check, Optional.empty(), Optional.of(at)));
    }

    private String fetch(TestCertificate shown, MemberTlsConfig tls) throws Exception {
        SSLServerSocket listener = (SSLServerSocket) shown.serverContext(authority)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (RawMember raw = new RawMember(listener, with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        })) {
            Member member = MemberBuilder.https("localhost", raw.port(), tls)
                    .inet(InetAddress.getLoopbackAddress())
                    .build();
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.from("", "Host", "localhost"))) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                answer.copyTo(out);
                return out.toString(StandardCharsets.ISO_8859_1);
            }
        }
    }

    @ParameterizedTest(name = "{0} certificate, check {1}, {2}: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "good, LEAF,  lists/one.pem,   -",
                "good, CHAIN, lists/one.pem,   -",
                "good, CHAIN, lists,           -",
                "bad,  LEAF,  lists/one.pem,   is revoked",
                "bad,  CHAIN, lists/one.pem,   is revoked",
                "bad,  LEAF,  lists,           is revoked",
                "bad,  NONE,  lists,           -",
                "bad,  LEAF,  empty,           -",
                "good, LEAF,  old,             no valid revocation list",
                "good, CHAIN, strange,         no valid revocation list",
                "good, LEAF,  forged,          no valid revocation list"
            })
    void aRevokedCertificateIsNotAccepted(String which, Revocation check, String lists, String refused)
            throws Exception {
        TestCertificate shown = which.equals("good") ? good : bad;
        if (refused == null) {
            assertThat(fetch(shown, looking(check, lists, true))).isEqualTo("hi");
            return;
        }
        assertThatThrownBy(() -> fetch(shown, looking(check, lists, true)))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TLS))
                .hasMessageContaining(refused)
                .hasMessageContaining("SSLProxyCARevocation");
    }

    @ParameterizedTest(name = "check {0}, {1}: {2}")
    @CsvSource({
        "NONE, lists, true",
        "LEAF, empty, true",
        "LEAF, lists, false",
        "CHAIN, lists, false",
        "LEAF, strange, false"
    })
    void theListsHoldForCertificatesWhoseDatesAreNotAskedAbout(Revocation check, String lists, boolean accepted)
            throws Exception {
        if (accepted) {
            assertThat(fetch(badAndExpired, looking(check, lists, false))).isEqualTo("hi");
        } else {
            assertThatThrownBy(() -> fetch(badAndExpired, looking(check, lists, false)))
                    .isInstanceOf(UpstreamException.class);
        }
    }
}
