package org.fairlead.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.fairlead.model.PassPhrase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates in PEM (RFC 7468) as tools write them, for listeners and for members alike. */
class PemFileTest {
    @TempDir
    private Path folder;

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    private static PrivateKey read(String text) throws PemException {
        return PemKey.read(text, PhraseReader.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519", "RSASSA-PSS"})
    void keysOfAllKindsAreRead(String kind) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(kind).generateKeyPair();
        String text = "text before\r\n" + block("PRIVATE KEY", keys.getPrivate().getEncoded());
        assertThat(read(text).getEncoded()).isEqualTo(keys.getPrivate().getEncoded());
    }

    @Test
    void anOldRsaKeyIsRead() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        byte[] pkcs8 = key.getEncoded();
        assertThat(read(block("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length))))
                .isEqualTo(key);
    }

    /** @param arguments of openssl, which makes the file {@code made.pem} */
    private Path made(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "openssl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        process.getInputStream().transferTo(said);
        assertThat(process.waitFor()).as(said.toString()).isZero();
        return folder.resolve("made.pem");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "RSA,             rsa_keygen_bits:2048",
        "RSA-PSS,         rsa_keygen_bits:2048",
        "EC,              ec_paramgen_curve:P-256"
    })
    void aKeyIsFoundToBeItsCertificates(String kind, String option) throws Exception {
        made("genpkey", "-algorithm", kind, "-pkeyopt", option, "-out", "made.pem");
        made("req", "-x509", "-new", "-key", "made.pem", "-subj", "/CN=a", "-out", "made.crt");
        made("genpkey", "-algorithm", kind, "-pkeyopt", option, "-out", "other.pem");
        Path certificate = folder.resolve("made.crt");
        assertThat(PemFile.pairProblems(certificate, folder.resolve("made.pem"), PhraseReader.NONE))
                .isEmpty();
        assertThat(PemFile.pairProblems(certificate, folder.resolve("other.pem"), PhraseReader.NONE))
                .singleElement()
                .asString()
                .contains("another one's");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"genrsa -aes256 -traditional", "genrsa -aes128", "ecparam -genkey"})
    void anEncryptedKeyIsReadWithItsPhrase(String how) throws Exception {
        Path file;
        if (how.startsWith("ecparam")) {
            made("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "plain.pem");
            file = made("ec", "-in", "plain.pem", "-aes256", "-passout", "pass:secret", "-out", "made.pem");
        } else {
            made("genrsa", "-out", "plain.pem", "2048");
            String[] words = how.split(" ");
            file = words.length == 3
                    ? made("rsa", "-in", "plain.pem", words[1], words[2], "-passout", "pass:secret", "-out", "made.pem")
                    : made("pkey", "-in", "plain.pem", words[1], "-passout", "pass:secret", "-out", "made.pem");
        }
        Path phrase = Files.writeString(folder.resolve("phrase"), "secret\n");
        String text = Files.readString(file);
        assertThat(PemKey.read(text, PhraseReader.ofMember(new PassPhrase.File(phrase), file))
                        .getEncoded())
                .isEqualTo(read(Files.readString(folder.resolve("plain.pem"))).getEncoded());
        assertThatThrownBy(() -> read(text)).hasMessageContaining("SSLPassPhraseDialog");
        Files.writeString(phrase, "wrong\n");
        assertThatThrownBy(() -> PemKey.read(text, PhraseReader.ofMember(new PassPhrase.File(phrase), file)))
                .hasMessageContaining("pass phrase");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'hello', a private key in PEM",
        "'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', can be read",
        "'-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----', a private key in PEM",
        "'-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----', names its curve"
    })
    void whatIsBrokenIsNamed(String text, String complaint) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(PemException.class).hasMessageContaining(complaint);
    }
}
