package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.fairlead.exchange.LauncherAttributes;
import org.fairlead.exchange.TlsAgreement;
import org.fairlead.tls.CertificateVariables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms are those that httpd was seen to write of the same certificate. */
class TlsVariablesTest {
    /** What {@code openssl x509 -nameopt compat} says of the same certificate. */
    private static final String LEGACY = """
            SSL_CLIENT_S_DN | /C=DE/ST=Nordrhein-Westfalen/L=K\\xC3\\xB6ln/O=Example, Inc. quoted \\+ more/OU=First Unit/OU=Second;Unit/title=Dr./GN=J\\xC3\\xBCrgen/SN=M\\xC3\\xBCller/initials=JM/CN=J\\xC3\\xBCrgen <M\\xC3\\xBCller>/UID=jmueller/emailAddress=jm@example.com/description=back\\slash/serialNumber=4711/DC=example/2.3.4.5=unknown field
            SSL_CLIENT_I_DN | /C=DE/O=Example Authority/CN=Test Root
            """;

    private static final Path FIXTURES = Path.of("src/test/resources/org/fairlead/config/tls");

    private final HttpServletRequest request = mock(HttpServletRequest.class);

    private static X509Certificate[] chain(String name) throws Exception {
        try (InputStream in = Files.newInputStream(FIXTURES.resolve(name))) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(X509Certificate[]::new);
        }
    }

    private String variable(String name) {
        return TlsVariables.read(request, name).orElse("(none)");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SSL_CLIENT_VERIFY            | SUCCESS
            SSL_CLIENT_S_DN              | 2.3.4.5=#0C0D756E6B6E6F776E206669656C64,DC=example,serialNumber=4711,description=back\\\\\\\\slash,emailAddress=jm@example.com,UID=jmueller,CN=Jürgen \\\\<Müller\\\\>,initials=JM,SN=Müller,GN=Jürgen,title=Dr.,OU=Second\\\\;Unit,OU=First Unit,O=Example\\\\, Inc. quoted \\\\+ more,L=Köln,ST=Nordrhein-Westfalen,C=DE
            SSL_CLIENT_I_DN              | CN=Test Root,O=Example Authority,C=DE
            SSL_CLIENT_S_DN_CN           | Jürgen <Müller>
            SSL_CLIENT_S_DN_OU           | First Unit
            SSL_CLIENT_S_DN_OU_0         | First Unit
            SSL_CLIENT_S_DN_OU_1         | Second;Unit
            SSL_CLIENT_S_DN_OU_2         | (none)
            SSL_CLIENT_S_DN_Email        | jm@example.com
            SSL_CLIENT_S_DN_EMAIL        | jm@example.com
            SSL_CLIENT_S_DN_D            | back\\\\\\\\slash
            SSL_CLIENT_S_DN_X            | (none)
            SSL_CLIENT_I_DN_O            | Example Authority
            SSL_CLIENT_M_SERIAL          | 0ABC
            SSL_CLIENT_M_VERSION         | 3
            SSL_CLIENT_A_SIG             | ecdsa-with-SHA256
            SSL_CLIENT_A_KEY             | id-ecPublicKey
            SSL_CLIENT_SAN_DNS_0         | one.example
            SSL_CLIENT_SAN_DNS_1         | two.example
            SSL_CLIENT_SAN_DNS_2         | (none)
            SSL_CLIENT_SAN_DNS_x         | (none)
            SSL_CLIENT_SAN_Email_1       | second@example.com
            SSL_CLIENT_SAN_OTHER_msUPN_0 | user@corp.example
            SSL_CLIENT_CERT_RFC4523_CEA  | { serialNumber 2748, issuer rdnSequence:"CN=Test Root,O=Example Authority,C=DE" }
            SSL_CLIENT_CERT_CHAIN_0      | (none)
            SSL_CLIENT_NONSENSE          | (none)
            SSL_SERVER_M_SERIAL          | (none)
            """)
    void aClientsCertificateIsToldAsHttpdDoes(String name, String expected) throws Exception {
        when(request.getAttribute("jakarta.servlet.request.X509Certificate")).thenReturn(chain("client.crt"));

        assertThat(variable(name)).isEqualTo(expected.replace("\\\\", "\\"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = LEGACY)
    void theOldFormOfANameIsThatOfOpenSsl(String name, String expected) throws Exception {
        when(request.getAttribute("jakarta.servlet.request.X509Certificate")).thenReturn(chain("client.crt"));
        when(request.getAttribute(TlsVariables.LEGACY_NAMES)).thenReturn(true);

        assertThat(TlsVariables.read(request, name)).contains(expected);
    }

    @Test
    void theChainBeginsBehindTheClient() throws Exception {
        X509Certificate[] chain = chain("client-deep.crt");
        when(request.getAttribute("jakarta.servlet.request.X509Certificate")).thenReturn(chain);

        assertThat(variable("SSL_CLIENT_CERT")).isEqualTo(new CertificateVariables(chain[0]).pem());
        assertThat(variable("SSL_CLIENT_CERT_CHAIN_0")).isEqualTo(new CertificateVariables(chain[1]).pem());
        assertThat(variable("SSL_CLIENT_CERT_CHAIN_1")).isEqualTo("(none)");
        assertThat(variable("SSL_CLIENT_CERT")).isEqualTo(block(Files.readString(FIXTURES.resolve("client-deep.crt"))));
    }

    private static String block(String pem) {
        int end = pem.indexOf("-----END CERTIFICATE-----");
        return pem.substring(0, end) + "-----END CERTIFICATE-----\n";
    }

    @Test
    void whatTheFrontTellsGoesBeforeWhatTheContainerDoes() throws Exception {
        when(request.getAttribute("jakarta.servlet.request.X509Certificate")).thenReturn(chain("client.crt"));
        when(request.getAttribute(LauncherAttributes.TLS_VERDICT)).thenReturn("GENEROUS");
        when(request.getAttribute(LauncherAttributes.TLS_SERVER_CHAIN)).thenReturn(chain("rsa.crt"));
        when(request.getAttribute(LauncherAttributes.TLS_AGREEMENT))
                .thenReturn(new TlsAgreement("www.example.com", "", ""));

        assertThat(variable("SSL_CLIENT_VERIFY")).isEqualTo("GENEROUS");
        assertThat(variable("SSL_SERVER_A_KEY")).isEqualTo("rsaEncryption");
        assertThat(variable("SSL_TLS_SNI")).isEqualTo("www.example.com");
        assertThat(TlsVariables.agreement(request)).isPresent();
    }

    @Test
    void withoutACertificateThereIsNothingToTell() {
        assertThat(variable("SSL_CLIENT_VERIFY")).isEqualTo("NONE");
        assertThat(TlsVariables.read(request, "SSL_CLIENT_S_DN")).isEqualTo(Optional.empty());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "TLS_AES_256_GCM_SHA384, TLS_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, ECDHE-RSA-AES256-GCM-SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, ECDHE-ECDSA-CHACHA20-POLY1305",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, ECDHE-RSA-AES128-SHA256",
        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA, DHE-RSA-AES128-SHA",
        "TLS_RSA_WITH_AES_128_GCM_SHA256, AES128-GCM-SHA256"
    })
    void ciphersHaveOpenSslsNames(String suite, String expected) {
        when(request.getAttribute("jakarta.servlet.request.cipher_suite")).thenReturn(suite);

        assertThat(variable("SSL_CIPHER")).isEqualTo(expected);
    }
}
