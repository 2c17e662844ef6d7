package org.fairlead.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a private key in PEM, in the forms that OpenSSL writes: PKCS#8, PKCS#1 (RSA) and SEC 1 (EC). */
final class PemKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    /** AlgorithmIdentifier of rsaEncryption with NULL parameters (RFC 8017). */
    private static final byte[] RSA = {
        0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };
    /** The object identifier id-ecPublicKey (RFC 5480). */
    private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private PemKey() {}

    /** One {@code -----BEGIN label-----} and what stands in it. */
    record Block(String label, String text, byte[] content) {}

    static List<Block> blocks(String pem) {
        List<Block> blocks = new ArrayList<>();
        Matcher m = BLOCK.matcher(pem);
        while (m.find()) {
            blocks.add(new Block(m.group(1), m.group(2), Base64.getMimeDecoder().decode(withoutFields(m.group(2)))));
        }
        return blocks;
    }

    /** Older forms have fields before the content, which base64 never looks like (RFC 1421 4.4). */
    private static String withoutFields(String text) {
        return text.lines().filter(line -> line.indexOf(':') < 0).collect(Collectors.joining("\n"));
    }

    /**
     * Reads the first private key of a file.
     *
     * @param phrase asked only if that key is encrypted
     */
    static PrivateKey read(String pem, PhraseReader phrase) throws PemException {
        try {
            for (Block block : blocks(pem)) {
                switch (block.label()) {
                    case "PRIVATE KEY":
                        return key(block.content());
                    case "ENCRYPTED PRIVATE KEY":
                        return key(EncryptedPem.pkcs8(block.content(), phrase.read()));
                    case "RSA PRIVATE KEY":
                        return key(pkcs8(RSA, plain(block, phrase)));
                    case "EC PRIVATE KEY":
                        byte[] sec1 = plain(block, phrase);
                        return key(pkcs8(sequence(EC, curve(sec1)), sec1));
                    default:
                        break;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new PemException(e.getMessage(), e);
        }
        throw new PemException("a file with a private key in PEM (-----BEGIN PRIVATE KEY-----)");
    }

    private static byte[] plain(Block block, PhraseReader phrase) throws PemException {
        return EncryptedPem.isEncrypted(block.text())
                ? EncryptedPem.older(block.text(), block.content(), phrase.read())
                : block.content();
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException another) {
                continue; // each factory takes only keys of its own kind, so the next is asked
            }
        }
        throw new InvalidKeyException("an RSA, RSASSA-PSS, EC or Ed25519 key that can be read");
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return sequence(new byte[] {2, 1, 0}, algorithm, der(4, key));
    }

    /** The curve's object identifier, which SEC 1 puts into the field tagged [0]. */
    private static byte[] curve(byte[] sec1) throws InvalidKeyException {
        for (int i = 0; i + 4 < sec1.length; i++) {
            boolean tagged = (sec1[i] & 0xff) == 0xa0 && sec1[i + 2] == 6 && sec1[i + 1] == sec1[i + 3] + 2;
            if (tagged && i + 4 + sec1[i + 3] <= sec1.length) {
                return der(6, Arrays.copyOfRange(sec1, i + 4, i + 4 + sec1[i + 3]));
            }
        }
        throw new InvalidKeyException("an EC key that names its curve; openssl pkey -in OLD -out NEW writes one");
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        return der(0x30, content.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
