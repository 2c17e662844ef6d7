package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fairlead.model.CertificateConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SSLOpenSSLConfCmd: what the JDK can do of OpenSSL's commands is done, and what it cannot is told or refused. */
class OpenSslCommandsTest {
    private static final String TLS = Path.of("src/test/resources/org/fairlead/config/tls")
            .toAbsolutePath()
            .toString();

    private static String[] lines(String... lines) {
        return Stream.concat(
                        Stream.of(
                                "SSLEngine on",
                                "SSLCertificateFile " + TLS + "/rsa.crt",
                                "SSLCertificateKeyFile " + TLS + "/rsa.key"),
                        Stream.of(lines))
                .toArray(String[]::new);
    }

    private static CertificateConfig read(String... lines) {
        return Configs.conf(lines(lines)).config().mainHost().tls().orElseThrow();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(textBlock = """
            Curves X25519:secp384r1:prime256v1, 'x25519,secp384r1,secp256r1'
            Groups P-521:P-256,                 'secp521r1,secp256r1'
            groups ?X25519MLKEM768:X448,        x448
            Groups ffdhe3072:ffdhe3072,         ffdhe3072
            Curves auto,                        ''
            """)
    void groupsAreTheJdksInTheirOrder(String command, String groups) {
        assertThat(String.join(",", read("SSLOpenSSLConfCmd " + command).groups()))
                .isEqualTo(groups);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(textBlock = """
            MinProtocol TLSv1.3,     TLSv1.3
            MinProtocol TLSv1.1,     'TLSv1.2,TLSv1.3'
            MinProtocol None,        'TLSv1.2,TLSv1.3'
            MaxProtocol TLSv1.2,     TLSv1.2
            'Protocol -ALL,TLSv1.3', TLSv1.3
            Protocol -TLSv1.3,       TLSv1.2
            'Protocol ALL,-SSLv3',   'TLSv1.2,TLSv1.3'
            """)
    void protocolsAreNarrowed(String command, String protocols) {
        assertThat(String.join(",", read("SSLOpenSSLConfCmd " + command).protocols()))
                .isEqualTo(protocols);
    }

    @Test
    void cipherCommandsReplaceTheirHalfOfSslCipherSuite() {
        CertificateConfig config = read(
                "SSLCipherSuite HIGH:!aNULL",
                "SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256",
                "SSLOpenSSLConfCmd Ciphersuites TLS_AES_256_GCM_SHA384");
        CertificateConfig older = read(
                "SSLCipherSuite HIGH:!aNULL",
                "SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256",
                "SSLOpenSSLConfCmd CipherString ECDHE+AESGCM");

        assertThat(config.ciphers()).isEqualTo("TLS_AES_256_GCM_SHA384:HIGH:!aNULL");
        assertThat(older.ciphers()).isEqualTo("TLS_AES_128_GCM_SHA256:ECDHE+AESGCM");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"DHParameters \"/x/dh.pem\"", "ECDHParameters Automatic"})
    void parametersDoNothingAndThatIsTold(String command) {
        LoadedConfig loaded = Configs.conf(lines("SSLOpenSSLConfCmd " + command));

        assertThat(Configs.notices(loaded)).anyMatch(notice -> notice.contains("delete it"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            Groups brainpoolP256r1, groups that the JDK knows
            Options -SessionTicket, 'Groups, Curves, Protocol'
            Groups, 'Groups, Curves, Protocol'
            MinProtocol TLS1.2, 'a version such as TLSv1.2, or None'
            MaxProtocol TLSv1.1, what leaves at least one
            Protocol -ALL, what leaves at least one
            """)
    void whatCannotBeDoneIsRefused(String command, String expected) {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class,
                () -> new ConfigLoader()
                        .load(String.join("\n", List.of(lines("SSLOpenSSLConfCmd " + command))), "conf", "test.conf"));

        assertThat(refused.getMessage()).contains(expected);
    }
}
