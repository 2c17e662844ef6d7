package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.ClientCertificates;
import org.fairlead.model.ClientCertificates.Revocation;
import org.fairlead.model.ClientCertificates.Verify;
import org.fairlead.model.PassPhrase;
import org.fairlead.model.Source;
import org.fairlead.tls.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTrustTest {
    private static final Path FIXTURES = Path.of("src/test/resources/org/fairlead/config/tls");

    private static X509Certificate[] chain(String name) throws Exception {
        try (InputStream in = Files.newInputStream(FIXTURES.resolve(name + ".crt"))) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(X509Certificate[]::new);
        }
    }

    private static ClientTrust trust(ClientCertificates clients) throws Exception {
        CertificateConfig config = new CertificateConfig(
                List.of(),
                0,
                List.of(new CertificateConfig.Pair(FIXTURES.resolve("rsa.crt"), FIXTURES.resolve("rsa.key"))),
                Optional.empty(),
                new PassPhrase.None(),
                List.of("TLSv1.3"),
                "",
                List.of(),
                false,
                true,
                false,
                clients,
                Source.NONE);
        return ClientTrust.of(clients, TlsFiles.read(config));
    }

    private static ClientCertificates clients(Verify verify, int depth, String authority, Revocation revocation) {
        return new ClientCertificates(
                verify,
                depth,
                Optional.of(authority).filter(a -> !a.isEmpty()).map(a -> FIXTURES.resolve(a + ".crt")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(FIXTURES.resolve("revoked.crl")),
                Optional.empty(),
                revocation);
    }

    @ParameterizedTest(name = "{0} {1}, depth {2}, revocation {3}: {4} is {5}")
    @CsvSource(textBlock = """
            require,        ca,              1, none,  client,          let in as SUCCESS
            require,        ca,              1, none,  client-revoked,  let in as SUCCESS
            require,        ca,              1, leaf,  client-revoked,  kept out
            require,        ca,              1, chain, client-revoked,  kept out
            require,        ca,              1, leaf,  client,          let in as SUCCESS
            require,        ca,              1, none,  client-expired,  kept out
            require,        ca,              1, none,  client-stranger, kept out
            require,        ca,              1, none,  client-deep,     kept out
            require,        ca,              2, none,  client-deep,     let in as SUCCESS
            require,        ca,              0, none,  client,          kept out
            require,        client-stranger, 0, none,  client-stranger, let in as SUCCESS
            require,        client-stranger, 1, none,  client-stranger, let in as SUCCESS
            optional,       ca,              1, none,  client-stranger, kept out
            optional,       ca,              1, none,  client,          let in as SUCCESS
            optional_no_ca, ca,              1, none,  client,          let in as SUCCESS
            optional_no_ca, ca,              1, none,  client-stranger, let in as GENEROUS
            optional_no_ca, '',              1, none,  client-stranger, let in as GENEROUS
            optional_no_ca, '',              1, none,  client-expired,  kept out
            optional_no_ca, ca,              1, none,  client-expired,  kept out
            optional_no_ca, ca,              1, none,  client-deep,     kept out
            optional_no_ca, ca,              2, none,  client-deep,     let in as SUCCESS
            optional_no_ca, ca,              1, leaf,  client-revoked,  kept out
            """)
    void aCertificateIsJudgedByIssuerDepthDatesAndLists(
            String verify, String authority, int depth, String revocation, String client, String expected)
            throws Exception {
        ClientTrust trust = trust(clients(
                Verify.valueOf(verify.toUpperCase(Locale.ROOT)),
                depth,
                authority,
                Revocation.valueOf(revocation.toUpperCase(Locale.ROOT))));
        String verdict;
        try {
            trust.checkClientTrusted(chain(client), "UNKNOWN");
            verdict = "let in as " + trust.verdict(chain(client));
        } catch (CertificateException e) {
            verdict = "kept out";
        }
        assertThat(verdict).isEqualTo(expected);
    }

    @Test
    void whoShowsNothingIsNobodyAndOnlyAnAskingHostNamesAuthorities() throws Exception {
        ClientTrust trust = trust(clients(Verify.REQUIRE, 1, "ca", Revocation.NONE));
        assertThat(trust.verdict(new X509Certificate[0])).isEqualTo("NONE");
        assertThat(trust.getAcceptedIssuers()).hasSize(1);
        assertThat(trust(ClientCertificates.NONE).getAcceptedIssuers()).isEmpty();
    }
}
