package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PEM files (RFC 7468) as tools write them. */
class PemTest {
    @Test
    void certificatesComeInOrderAndTheKeyWhereverItStands() throws Exception {
        TestCertificate authority = TestCertificate.authority("A");
        TestCertificate member = authority.issue();
        Pem pem = Pem.parse("text before\n" + member.pem() + "between\r\n" + authority.certificatePem());
        assertThat(pem.certificates()).containsExactly(member.certificate(), authority.certificate());
        assertThat(pem.privateKey()).hasValue(member.keys().getPrivate());
    }

    @Test
    void anOldRsaKeyIsRead() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        byte[] pkcs8 = keys.getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        assertThat(Pem.parse(TestCertificate.block("RSA PRIVATE KEY", pkcs1)).privateKey())
                .hasValue(keys.getPrivate());
    }

    @Test
    void anOldEcKeyIsRead() throws Exception {
        TestCertificate some = TestCertificate.authority("A");
        ECPrivateKey key = (ECPrivateKey) some.keys().getPrivate();
        byte[] number = new byte[32];
        byte[] magnitude = key.getS().toByteArray();
        int length = Math.min(32, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - length, number, 32 - length, length);
        byte[] curve = TestCertificate.oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07);
        byte[] sec1 = TestCertificate.sequence(
                TestCertificate.integer(BigInteger.ONE),
                TestCertificate.tagged(0x04, number),
                TestCertificate.tagged(0xA0, curve));
        String text = TestCertificate.block("EC PARAMETERS", curve) + TestCertificate.block("EC PRIVATE KEY", sec1);
        assertThat(((ECPrivateKey) Pem.parse(text).privateKey().orElseThrow()).getS())
                .isEqualTo(key.getS());
    }

    @Test
    void anEd25519KeyIsRead() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String text = TestCertificate.block("PRIVATE KEY", keys.getPrivate().getEncoded());
        assertThat(Pem.parse(text).privateKey()).hasValue(keys.getPrivate());
    }

    @Test
    void aFileWithoutPemHoldsNothing() throws Exception {
        assertThat(Pem.parse("hello").certificates()).isEmpty();
        assertThat(Pem.parse("hello").privateKey()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'-----BEGIN CERTIFICATE-----\nAAAA', without an end",
        "'-----BEGIN CERTIFICATE', without a label",
        "'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', cannot be read",
        "'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', cannot be read",
        "'-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----', encrypted",
        "'-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----', encrypted",
        "'-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----', unknown kind",
        "'-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----', names no curve"
    })
    void whatIsBrokenIsNamed(String text, String complaint) {
        assertThatThrownBy(() -> Pem.parse(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(complaint);
    }
}
