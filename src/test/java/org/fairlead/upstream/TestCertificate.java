package org.fairlead.upstream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A certificate and its key, made for one test in a few milliseconds, by hand so that it may be as wrong as wanted. */
public record TestCertificate(KeyPair keys, X509Certificate certificate) {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final byte[] ECDSA_SHA256 = sequence(oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));

    /** An authority that signs itself. */
    public static TestCertificate authority(String name) throws Exception {
        KeyPair keys = newKeys();
        byte[] isAuthority =
                sequence(oid(0x55, 0x1D, 0x13), bytes(0x01, 0xFF), tagged(0x04, sequence(bytes(0x01, 0xFF))));
        return signed(name, keys, name, keys, days(-2), days(2), isAuthority);
    }

    /** A member's certificate for {@code localhost} and 127.0.0.1. */
    TestCertificate issue() throws Exception {
        return issue("localhost", days(-1), days(1));
    }

    /** A certificate for a DNS name; for {@code localhost} the address goes with it. */
    public TestCertificate issue(String host, Instant from, Instant to) throws Exception {
        byte[] name = tagged(0x82, host.getBytes(StandardCharsets.US_ASCII));
        byte[] names = host.equals("localhost") ? concat(name, bytes(0x87, 127, 0, 0, 1)) : name;
        byte[] alternatives = sequence(oid(0x55, 0x1D, 0x11), tagged(0x04, sequence(names)));
        String issuer = certificate.getSubjectX500Principal().getName().substring("CN=".length());
        return signed(host, newKeys(), issuer, keys, from, to, alternatives);
    }

    /** A list of revoked certificates, signed by this authority, in PEM. */
    String revocations(Instant from, Instant to, TestCertificate... revoked) throws Exception {
        byte[] entries = new byte[0];
        for (TestCertificate each : revoked) {
            entries = concat(entries, sequence(integer(each.certificate().getSerialNumber()), time(from)));
        }
        byte[] content = sequence(
                integer(BigInteger.ONE),
                ECDSA_SHA256,
                certificate.getSubjectX500Principal().getEncoded(),
                time(from),
                time(to),
                revoked.length == 0 ? new byte[0] : sequence(entries));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        return block("X509 CRL", sequence(content, ECDSA_SHA256, tagged(0x03, concat(new byte[1], signature.sign()))));
    }

    public static Instant days(int count) {
        return Instant.now().plus(Duration.ofDays(count));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static TestCertificate signed(
            String subject, KeyPair keys, String issuer, KeyPair issuerKeys, Instant from, Instant to, byte[] extension)
            throws Exception {
        byte[] content = sequence(
                tagged(0xA0, integer(BigInteger.TWO)),
                integer(BigInteger.valueOf(SERIAL.getAndIncrement())),
                ECDSA_SHA256,
                name(issuer),
                sequence(time(from), time(to)),
                name(subject),
                keys.getPublic().getEncoded(),
                tagged(0xA3, sequence(extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKeys.getPrivate());
        signature.update(content);
        byte[] der = sequence(content, ECDSA_SHA256, tagged(0x03, concat(new byte[1], signature.sign())));
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        return new TestCertificate(keys, certificate);
    }

    /** Certificate and PKCS#8 key, as a file would hold them. */
    public String pem() throws Exception {
        return certificatePem() + block("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    String certificatePem() throws Exception {
        return block("CERTIFICATE", certificate.getEncoded());
    }

    static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** A member's side of TLS that shows this certificate and trusts {@code clients}' issuer. */
    SSLContext serverContext(TestCertificate clients) throws Exception {
        char[] password = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", keys.getPrivate(), password, new Certificate[] {certificate});
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(store, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", clients.certificate());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trusted);
        TrustManager[] trust = trustManagers.getTrustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust, null);
        return context;
    }

    private static byte[] name(String commonName) {
        byte[] value = tagged(0x0C, commonName.getBytes(StandardCharsets.UTF_8));
        return sequence(tagged(0x31, sequence(oid(0x55, 0x04, 0x03), value)));
    }

    private static byte[] time(Instant instant) {
        String text = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(instant);
        return tagged(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] oid(int... content) {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        return tagged(0x06, bytes);
    }

    private static byte[] bytes(int tag, int... content) {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        return tagged(tag, bytes);
    }

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, concat(parts));
    }

    static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length > 255) {
            out.write(0x82);
            out.write(content.length >> 8);
        } else if (content.length > 127) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
