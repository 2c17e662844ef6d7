package org.fairlead.upstream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a PEM file holds (RFC 7468): certificates in order and the first private key, in PKCS#8, PKCS#1 (RSA) or SEC 1
 * (EC) form. Other blocks are read over.
 *
 * @param certificates empty if there are none
 */
record Pem(List<X509Certificate> certificates, Optional<PrivateKey> privateKey) {
    private static final String BEGIN = "-----BEGIN ";
    private static final byte[] RSA_ALGORITHM = {
        0x30, 0x0D, 0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    private static final byte[] EC_OID = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or a block in it is broken, encrypted or of an unknown kind of key
     */
    static Pem read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    /** As {@link #read} from text. */
    static Pem parse(String text) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        Optional<PrivateKey> key = Optional.empty();
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
            int labelEnd = text.indexOf("-----", at + BEGIN.length());
            if (labelEnd < 0) {
                throw new IOException("PEM block without a label's end");
            }
            String label = text.substring(at + BEGIN.length(), labelEnd);
            int end = text.indexOf("-----END " + label + "-----", labelEnd);
            if (end < 0) {
                throw new IOException("PEM block '" + label + "' without an end");
            }
            String content = text.substring(labelEnd + 5, end);
            if (label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE")) {
                certificates.add(certificate(decode(content)));
            } else if (label.endsWith("PRIVATE KEY") && key.isEmpty()) {
                key = Optional.of(key(label, content));
            }
        }
        return new Pem(List.copyOf(certificates), key);
    }

    private static byte[] decode(String content) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            throw new IOException("PEM block is not base64", e);
        }
    }

    private static X509Certificate certificate(byte[] der) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IOException("certificate cannot be read: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(String label, String content) throws IOException {
        if (label.startsWith("ENCRYPTED") || content.contains("ENCRYPTED")) {
            throw new IOException("private key is encrypted (expected: one without a passphrase)");
        }
        return switch (label) {
            case "PRIVATE KEY" -> pkcs8(decode(content));
            case "RSA PRIVATE KEY" -> pkcs8(wrap(RSA_ALGORITHM, decode(content)));
            case "EC PRIVATE KEY" -> pkcs8(wrapEc(decode(content)));
            default -> throw new IOException("unknown kind of key '" + label + "'");
        };
    }

    private static PrivateKey pkcs8(byte[] der) throws IOException {
        for (String algorithm : List.of("RSA", "EC", "EdDSA", "RSASSA-PSS")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // Another algorithm's key; the next one is tried.
                continue;
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }
        throw new IOException("private key cannot be read (expected: RSA, EC or EdDSA)");
    }

    /** PKCS#8 (RFC 5208 5): version 0, the algorithm, the key as an octet string. */
    private static byte[] wrap(byte[] algorithm, byte[] key) {
        byte[] version = {0x02, 0x01, 0x00};
        return tagged(0x30, version, algorithm, tagged(0x04, key));
    }

    /** The curve stands within a SEC 1 key (RFC 5915 3) as parameters [0]; PKCS#8 wants it beside the algorithm. */
    private static byte[] wrapEc(byte[] sec1) throws IOException {
        for (int i = 0; i + 4 < sec1.length; i++) {
            int length = sec1[i + 1];
            if ((sec1[i] & 0xFF) == 0xA0
                    && sec1[i + 2] == 0x06
                    && length == sec1[i + 3] + 2
                    && i + 2 + length <= sec1.length) {
                byte[] curve = java.util.Arrays.copyOfRange(sec1, i + 2, i + 2 + length);
                return wrap(tagged(0x30, EC_OID, curve), sec1);
            }
        }
        throw new IOException("EC private key names no curve");
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        int length = content.size();
        if (length < 128) {
            all.write(length);
        } else {
            int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            all.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                all.write(length >> shift);
            }
        }
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }
}
