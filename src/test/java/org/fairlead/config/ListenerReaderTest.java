package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.fairlead.config.Configs.conf;
import static org.fairlead.config.Configs.notices;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.ClientCertificates;
import org.fairlead.model.ListenerConfig;
import org.fairlead.tls.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerReaderTest {
    private static final Path FOLDER = folder();

    private static Path folder() {
        try {
            return Path.of(ListenerReaderTest.class.getResource("tls/rsa.crt").toURI())
                    .getParent();
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String tls(String certificate, String key) {
        return "SSLEngine on\nSSLCertificateFile " + FOLDER.resolve(certificate) + "\nSSLCertificateKeyFile "
                + FOLDER.resolve(key) + "\n";
    }

    private static String refusal(String... lines) {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> new ConfigLoader().load(String.join("\n", lines), "conf", "test.conf"));
        return refused.getMessage().replace(FOLDER.toString(), "DIR");
    }

    @ParameterizedTest(name = "Listen {0}: address {1}, port {2}")
    @CsvSource(textBlock = """
                    8080,            '',        8080
                    *:8080,          '',        8080
                    127.0.0.1:8080,  127.0.0.1, 8080
                    [::1]:8080,      ::1,       8080
                    localhost:0,     localhost, 0
                    8443 http,       '',        8443
                    """)
    void anAddressAndAPortAreListenedOn(String text, String address, int port) {
        ListenerConfig listener = conf("Listen " + text).config().listeners().get(0);
        assertThat(listener.address()).isEqualTo(address);
        assertThat(listener.port()).isEqualTo(port);
        assertThat(listener.isSecure()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"80;81", "127.0.0.1:80;127.0.0.2:80", "0.0.0.0:80;[::]:80", "0;0", "127.0.0.1:80;[::1]:80"})
    void listenersThatDoNotMeetLiveBesideEachOther(String both) {
        String[] places = both.split(";");
        assertThat(conf("Listen " + places[0], "Listen " + places[1]).config().listeners())
                .hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"80;80", "80;127.0.0.1:80", "0.0.0.0:80;127.0.0.1:80", "[::1]:80;[::]:80", "80;[::]:80"})
    void listenersThatMeetAreRefused(String both) {
        String[] places = both.split(";");
        assertThat(refusal("Listen " + places[0], "Listen " + places[1])).contains("an address and port of its own");
    }

    @Test
    void theMainServersCertificateIsForPortsWithoutVirtualHosts() {
        List<ListenerConfig> listeners = conf("Listen 8443", "ServerName Main.Example:8443", tls("rsa.crt", "rsa.key"))
                .config()
                .listeners();
        assertThat(listeners).singleElement().satisfies(listener -> {
            CertificateConfig certificate = listener.certificates().get(0);
            assertThat(certificate.hostNames()).containsExactly("main.example");
            assertThat(certificate.certificateFile()).isEqualTo(FOLDER.resolve("rsa.crt"));
            assertThat(certificate.pairs().get(0).key()).isEqualTo(FOLDER.resolve("rsa.key"));
            assertThat(certificate.protocols()).containsExactly("TLSv1.2", "TLSv1.3");
        });
    }

    @Test
    void eachPortShowsTheCertificatesOfItsVirtualHostsTheFirstBeingTheDefault() {
        List<ListenerConfig> listeners = conf(
                        "Listen 80",
                        "Listen 443",
                        "SSLProtocol TLSv1.3",
                        "<VirtualHost *:80>\nServerName a\n</VirtualHost>",
                        "<VirtualHost *:443>\nServerName a\n" + tls("rsa.crt", "rsa.key") + "</VirtualHost>",
                        "<VirtualHost *:443>\nServerName b\nSSLCipherSuite HIGH\nSSLHonorCipherOrder on\n"
                                + tls("ec.crt", "ec.key") + "</VirtualHost>")
                .config()
                .listeners();
        assertThat(listeners.get(0).certificates()).isEmpty();
        assertThat(listeners.get(1).certificates())
                .extracting(c -> c.hostNames().get(0))
                .containsExactly("a", "b");
        CertificateConfig second = listeners.get(1).certificates().get(1);
        assertThat(second.protocols()).containsExactly("TLSv1.3");
        assertThat(second.ciphers()).isEqualTo("HIGH");
        assertThat(second.honorCipherOrder()).isTrue();
    }

    @Test
    void aHostMayHaveSeveralCertificatesEachWithTheKeyOfItsPlace() {
        assertThat(certificate(tls("rsa.crt", "rsa.key"), tls("ec.crt", "ec.key"), "")
                        .pairs())
                .containsExactly(
                        new CertificateConfig.Pair(FOLDER.resolve("rsa.crt"), FOLDER.resolve("rsa.key")),
                        new CertificateConfig.Pair(FOLDER.resolve("ec.crt"), FOLDER.resolve("ec.key")));
        assertThat(refusal("Listen 443", tls("rsa.crt", "rsa.key"), tls("ec.crt", "rsa.key")))
                .contains("SSLCertificateKeyFile 'DIR/rsa.key' (expected: the key of the");
    }

    private CertificateConfig certificate(String... lines) {
        return conf("Listen 443\n" + String.join("\n", lines))
                .config()
                .listeners()
                .get(0)
                .certificates()
                .get(0);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = ';', textBlock = """
            SSLCipherSuite HIGH:!aNULL;                                   HIGH:!aNULL
            SSLCipherSuite "HIGH !aNULL !MD5";                            HIGH:!aNULL:!MD5
            SSLCipherSuite "HIGH, !aNULL,!MD5";                           HIGH:!aNULL:!MD5
            SSLCipherSuite SSL HIGH:!aNULL;                               HIGH:!aNULL
            SSLCipherSuite ECDHE-RSA-AES128-GCM-SHA256,AES128-SHA;        ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA
            SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256; TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256
            """)
    void wordsOfACipherListStandBetweenColonsCommasOrBlanks(String line, String list) {
        assertThat(certificate(tls("rsa.crt", "rsa.key"), line).ciphers()).isEqualTo(list);
    }

    @Test
    void revocationListsMayStandInAFolder(@TempDir Path folder) throws Exception {
        Files.copy(FOLDER.resolve("revoked.crl"), folder.resolve("a.r0"));
        Files.writeString(folder.resolve("README"), "not a list");
        ClientCertificates clients = certificate(
                        tls("rsa.crt", "rsa.key"),
                        "SSLVerifyClient require",
                        "SSLCACertificateFile " + FOLDER.resolve("ca.crt"),
                        "SSLCARevocationPath " + folder,
                        "SSLCARevocationCheck leaf")
                .clients();
        assertThat(clients.revocationPath()).contains(folder);
        assertThat(TlsFiles.read(certificate(
                                tls("rsa.crt", "rsa.key"),
                                "SSLVerifyClient require",
                                "SSLCACertificateFile " + FOLDER.resolve("ca.crt"),
                                "SSLCARevocationPath " + folder,
                                "SSLCARevocationCheck leaf"))
                        .revoked())
                .hasSize(1);
    }

    @Test
    void oneFileMayHoldCertificateAndKey() {
        LoadedConfig loaded = conf("Listen 443", "SSLEngine on", "SSLCertificateFile " + FOLDER.resolve("both.pem"));
        assertThat(loaded.config()
                        .listeners()
                        .get(0)
                        .certificates()
                        .get(0)
                        .pairs()
                        .get(0)
                        .key())
                .isEqualTo(FOLDER.resolve("both.pem"));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({"rsa.crt, rsa-pkcs1.key", "ec.crt, ec.key", "ec.crt, ec-sec1.key", "ed.crt, ed.key"})
    void keysAreReadInTheFormsThatOpenSslWrites(String certificate, String key) {
        assertThat(conf("Listen 443", tls(certificate, key))
                        .config()
                        .listeners()
                        .get(0)
                        .isSecure())
                .isTrue();
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(delimiter = ';', textBlock = """
                    none.crt;    rsa.key;       SSLCertificateFile 'DIR/none.crt' (expected: a file that exists: DIR/none.crt)
                    text.pem;    rsa.key;       SSLCertificateFile 'DIR/text.pem' (expected: a file with certificates in PEM
                    garbage.crt; rsa.key;       SSLCertificateFile 'DIR/garbage.crt' (expected: a certificate in PEM that can be read
                    .;           rsa.key;       (expected: a file, not a folder
                    rsa.crt;     none.key;      SSLCertificateKeyFile 'DIR/none.key' (expected: a file that exists: DIR/none.key)
                    rsa.crt;     other.key;     SSLCertificateKeyFile 'DIR/other.key' (expected: the key of the certificate in DIR/rsa.crt
                    rsa.crt;     ec.key;        SSLCertificateKeyFile 'DIR/ec.key' (expected: the key of the certificate in DIR/rsa.crt
                    rsa.crt;     rsa.crt;       SSLCertificateKeyFile 'DIR/rsa.crt' (expected: a file with a private key in PEM
                    rsa.crt;     encrypted.key; SSLCertificateKeyFile 'DIR/encrypted.key' (expected: a key without a pass phrase (openssl pkey -in OLD -out NEW takes it away), or where to find the phrase: SSLPassPhraseDialog exec:/path/to/program or file:/path)
                    """)
    void aCertificateThatCannotWorkIsTold(String certificate, String key, String message) {
        assertThat(refusal("Listen 443", tls(certificate, key))).contains(message);
    }

    @Test
    void whatNobodyHearsAndWhatIsPlainAfterAllIsTold() {
        assertThat(notices(conf("Listen 443 https", "<VirtualHost *:81>", "ServerName a", "</VirtualHost>")))
                .containsExactly(
                        "test.conf:1: Listen '443 https' is plain HTTP, as in httpd: no host on this port says SSLEngine on",
                        "test.conf:2: VirtualHost '*:81' gets no request: there is no Listen for it");
    }

    @Test
    void aPortOnWhichOnlySomeHostsSpeakTlsSpeaksItForAll() {
        LoadedConfig loaded = conf(
                "Listen 443",
                "<VirtualHost *:443>\nServerName a\n</VirtualHost>",
                "<VirtualHost *:443>\nServerName b\n" + tls("ec.crt", "ec.key") + "</VirtualHost>");
        assertThat(loaded.config().listeners().get(0).isSecure()).isTrue();
        assertThat(notices(loaded)).singleElement().asString().contains("the port speaks TLS for both");
    }

    @ParameterizedTest(name = "SSLProtocol {0}: {1}")
    @CsvSource(textBlock = """
                    all,                    TLSv1.2+TLSv1.3
                    all -SSLv3,             TLSv1.2+TLSv1.3
                    all -TLSv1.2,           TLSv1.3
                    -all +TLSv1.3,          TLSv1.3
                    TLSv1.2 +TLSv1.3,       TLSv1.2+TLSv1.3
                    TLSv1.2 TLSv1.3,        TLSv1.3
                    TLSv1.1 +TLSv1.2,       TLSv1.2
                    """)
    void protocolsAreAddedAndTakenAway(String words, String expected) {
        CertificateConfig certificate = conf("Listen 443", tls("ec.crt", "ec.key"), "SSLProtocol " + words)
                .config()
                .listeners()
                .get(0)
                .certificates()
                .get(0);
        assertThat(String.join("+", certificate.protocols())).isEqualTo(expected);
    }

    @Test
    void cipherSuitesForBothProtocolsAreJoined() {
        CertificateConfig certificate = conf(
                        "Listen 443",
                        tls("ec.crt", "ec.key"),
                        "SSLCipherSuite HIGH:!aNULL",
                        "SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384")
                .config()
                .listeners()
                .get(0)
                .certificates()
                .get(0);
        assertThat(certificate.ciphers()).isEqualTo("TLS_AES_256_GCM_SHA384:HIGH:!aNULL");
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource({
        "rsa.crt, rsa-pbes2.key",
        "rsa.crt, rsa-legacy.key",
        "ec.crt, ec-legacy.key",
        "ec.crt, ec-pbes1.key",
        "ec.crt, ec.key"
    })
    void anEncryptedKeysPhraseIsInAFileOrWhatAProgramSays(String certificate, String key, @TempDir Path folder)
            throws IOException {
        Path phrase = Files.writeString(folder.resolve("phrase"), "open sesame\nand no more\n");
        Path program = Files.writeString(
                folder.resolve("program"), "#!/bin/sh\ntest \"$1\" = main.example:443:0 && echo open sesame\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        for (String how : List.of("file:" + phrase, "exec:" + program)) {
            assertThat(conf(
                                    "Listen 443",
                                    "ServerName main.example",
                                    "SSLPassPhraseDialog " + how,
                                    tls(certificate, key))
                            .config()
                            .listeners()
                            .get(0)
                            .isSecure())
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = ';', textBlock = """
                    builtin;             SSLCertificateKeyFile 'DIR/rsa-pbes2.key' (expected: a key without a pass phrase
                    file:DIR/text.pem;   SSLCertificateKeyFile 'DIR/rsa-pbes2.key' (expected: the pass phrase of this key, which is another one)
                    file:DIR/none;       SSLPassPhraseDialog 'file:DIR/none' (expected: a file that may be read: DIR/none)
                    exec:DIR/none;       SSLPassPhraseDialog 'exec:DIR/none' (expected: a program that may be run: DIR/none)
                    exec:/bin/false;     (expected: a pass phrase from the program /bin/false of SSLPassPhraseDialog, which ended with 1)
                    exec:/bin/true;      (expected: a pass phrase from the program /bin/true of SSLPassPhraseDialog, which says nothing)
                    |/bin/true;          SSLPassPhraseDialog '|/bin/true' (expected: exec:/path/to/program, file:/path or builtin)
                    """)
    void aPhraseThatIsNotToBeHadIsTold(String how, String message) {
        assertThat(refusal(
                        "Listen 443",
                        "SSLPassPhraseDialog " + how.replace("DIR", FOLDER.toString()),
                        tls("rsa.crt", "rsa-pbes2.key")))
                .contains(message);
    }

    @Test
    void clientsAreAskedAsTheMainServerOrTheHostSays() {
        List<CertificateConfig> certificates = conf(
                        "Listen 443",
                        "SSLVerifyClient require",
                        "SSLCACertificateFile " + FOLDER.resolve("ca.crt"),
                        "<VirtualHost *:443>\nServerName a\nSSLVerifyDepth 3\nSSLCARevocationCheck leaf\n"
                                + "SSLCARevocationFile " + FOLDER.resolve("revoked.crl") + "\n"
                                + tls("rsa.crt", "rsa.key") + "</VirtualHost>",
                        "<VirtualHost *:443>\nServerName b\nSSLVerifyClient none\n" + tls("rsa.crt", "rsa.key")
                                + "<Location /x>\nSSLVerifyClient none\n</Location>\n</VirtualHost>")
                .config()
                .listeners()
                .get(0)
                .certificates();
        assertThat(certificates.get(0).clients())
                .isEqualTo(new ClientCertificates(
                        ClientCertificates.Verify.REQUIRE,
                        3,
                        Optional.of(FOLDER.resolve("ca.crt")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(FOLDER.resolve("revoked.crl")),
                        Optional.empty(),
                        ClientCertificates.Revocation.LEAF));
        assertThat(certificates.get(1).clients()).isEqualTo(ClientCertificates.NONE);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = ';', textBlock = """
                    SSLVerifyClient require;                     SSLVerifyClient 'require' (expected: SSLCACertificateFile or SSLCACertificatePath with it
                    SSLVerifyClient perhaps;                     SSLVerifyClient 'perhaps' (expected: none, optional, require or optional_no_ca)
                    SSLVerifyDepth -1;                           SSLVerifyDepth '-1' (expected: a number, 0 to 100)
                    SSLCACertificateFile DIR/text.pem;           (expected: a file with certificates in PEM
                    SSLCACertificatePath DIR/none;               (expected: a folder of PEM files that can be read)
                    SSLCARevocationFile DIR/ca.crt;              (expected: a file with revocation lists in PEM
                    SSLCARevocationPath DIR/none;                (expected: a folder of PEM files that can be read)
                    SSLCipherSuite HIGH:FANCY;                   SSLCipherSuite 'HIGH:FANCY' (expected: 'FANCY' (expected: a cipher by its OpenSSL or JDK name
                    SSLCARevocationCheck leaf;                   SSLCARevocationCheck 'leaf' (expected: SSLCARevocationFile or SSLCARevocationPath with it
                    SSLCARevocationCheck chain no_crl_for_cert_ok; SSLCARevocationCheck
                    """)
    void whatCouldLetOthersInIsTold(String line, String message) {
        assertThat(refusal("Listen 443", line.replace("DIR", FOLDER.toString()), tls("rsa.crt", "rsa.key")))
                .contains(message);
    }

    @Test
    void aCertificateCannotBeAskedForOncePathsAreKnown() {
        assertThat(refusal(
                        "Listen 443", tls("rsa.crt", "rsa.key"), "<Location /x>\nSSLVerifyClient require\n</Location>"))
                .contains(
                        "SSLVerifyClient 'require' (expected: none; a certificate is asked for before the path is known")
                .contains("Require ssl-verify-client");
    }
}
