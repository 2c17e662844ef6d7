package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.fairlead.model.ClientCertificates.Revocation;
import org.fairlead.model.RevocationConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code SSLProxyCARevocationCheck} and the lists with it, in both syntaxes. */
class RevocationReaderTest {
    private static final Path FILES =
            Path.of("src/test/resources/org/fairlead/config/tls").toAbsolutePath();

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SSLProxyCARevocationCheck chain                                              | (expected: SSLProxyCARevocationFile or
            SSLProxyCARevocationFile @nowhere.pem\\nSSLProxyCARevocationCheck leaf       | SSLProxyCARevocationFile '
            SSLProxyCARevocationFile @rsa.crt\\nSSLProxyCARevocationCheck leaf           | a file with revocation lists
            SSLProxyCARevocationPath @nowhere\\nSSLProxyCARevocationCheck leaf           | SSLProxyCARevocationPath '
            SSLProxyCARevocationCheck chain no_crl_for_cert_ok                           | takes one argument
            SSLProxyCARevocationCheck all                                                | none, leaf or chain
            """)
    void whatCannotBeLookedUpIsAnError(String lines, String expected) {
        String text = lines.replace("\\n", "\n").replace("@", FILES + "/");
        assertThatThrownBy(() -> new ConfigLoader().load(text + "\nProxyPass / https://a/\n", "conf", "test.conf"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest(name = "<Proxy {0}>, {1}: {2}")
    @CsvSource({
        "https://a,      https://a/,         true",
        "https://a/,     https://a/,         true",
        "HTTPS://A,      https://a/x/,       true",
        "https://a/x,    https://a/x/,       true",
        "https://a/*,    https://a/,         true",
        "https://*,      https://b.example/, true",
        "https://a*,     https://a.example/, true",
        "https://a,      https://a.example/, false",
        "https://a,      https://a:8443/,    false",
        "https://b,      https://a/,         false"
    })
    void aSectionSaysItForItsMembers(String section, String url, boolean said) {
        LoadedConfig loaded = Configs.conf(
                "<Proxy " + section + ">",
                "SSLProxyCARevocationFile " + FILES.resolve("revoked.crl"),
                "SSLProxyCARevocationCheck LEAF",
                "</Proxy>",
                "ProxyPass / " + url);

        assertThat(Configs.member(loaded).tls().revocation())
                .isEqualTo(
                        said
                                ? new RevocationConfig(
                                        Revocation.LEAF, Optional.of(FILES.resolve("revoked.crl")), Optional.empty())
                                : RevocationConfig.NONE);
    }

    @Test
    void theNativeFormSaysItToo() {
        LoadedConfig loaded = Configs.read(
                "yaml",
                "sslproxycarevocationfile: " + FILES.resolve("revoked.crl"),
                "sslproxycarevocationcheck: chain",
                "proxypass: {path: /, url: 'https://a/'}");

        assertThat(Configs.member(loaded).tls().revocation().check()).isEqualTo(Revocation.CHAIN);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SSLProxyVerify none,SSLProxyVerify none",
        "SSLProxyCARevocationCheck none,without SSLProxyCARevocationCheck"
    })
    void whatIsNeverLookedUpIsTold(String line, String notice) {
        LoadedConfig loaded = Configs.conf(
                "SSLProxyCARevocationCheck leaf",
                "SSLProxyCARevocationFile " + FILES.resolve("revoked.crl"),
                line,
                "ProxyPass / https://a/");

        assertThat(Configs.member(loaded).tls().revocation()).isEqualTo(RevocationConfig.NONE);
        assertThat(Configs.notices(loaded)).anyMatch(told -> told.contains(notice));
    }
}
