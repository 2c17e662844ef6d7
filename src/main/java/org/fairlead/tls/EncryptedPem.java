package org.fairlead.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.fairlead.http.LogText;

/**
 * Decrypts private keys: PKCS#8 ({@code ENCRYPTED PRIVATE KEY}, RFC 8018 PBES2 and older) and OpenSSL's older forms
 * ({@code Proc-Type: 4,ENCRYPTED}, RFC 1421).
 */
final class EncryptedPem {
    private static final Pattern DEK = Pattern.compile("DEK-Info: *([A-Z0-9-]+),([0-9A-Fa-f]+)");
    private static final String WRONG_PASS_PHRASE = "the pass phrase of this key, which is another one";

    private EncryptedPem() {}

    /** Whether what stands in a block of an older form is encrypted. */
    static boolean isEncrypted(String content) {
        return content.contains("ENCRYPTED");
    }

    /** @param phrase the characters of which are ASCII, or it is refused */
    static byte[] pkcs8(byte[] content, char[] phrase) throws PemException {
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
            AlgorithmParameters parameters = info.getAlgParameters();
            String name = info.getAlgName();
            // The JDK calls PBES2 by its parameters: PBEWithHmacSHA256AndAES_256.
            String algorithm =
                    name.equals("PBES2") || name.equals("1.2.840.113549.1.5.13") ? String.valueOf(parameters) : name;
            SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(phrase));
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
            return info.getKeySpec(cipher).getEncoded();
        } catch (java.security.NoSuchAlgorithmException | IOException e) {
            throw new PemException(
                    "a key encrypted in a way that the JVM knows (openssl pkey -aes256 -in OLD -out NEW): "
                            + LogText.clean(String.valueOf(e.getMessage()), 100),
                    e);
        } catch (GeneralSecurityException e) {
            throw new PemException(WRONG_PASS_PHRASE, e);
        }
    }

    /** @param text what stands between the lines of the block, its fields with it */
    static byte[] older(String text, byte[] content, char[] phrase) throws PemException {
        Matcher dek = DEK.matcher(text);
        if (!dek.find()) {
            throw new PemException("an encrypted key with a DEK-Info field");
        }
        String algorithm = dek.group(1);
        int size = switch (algorithm) {
            case "AES-128-CBC" -> 16;
            case "AES-192-CBC", "DES-EDE3-CBC" -> 24;
            case "AES-256-CBC" -> 32;
            default ->
                throw new PemException(
                        "a key encrypted with AES (openssl pkey -aes256 -in OLD -out NEW), not with " + algorithm);
        };
        boolean des = algorithm.startsWith("DES");
        try {
            byte[] iv = HexFormat.of().parseHex(dek.group(2));
            Cipher cipher = Cipher.getInstance(des ? "DESede/CBC/PKCS5Padding" : "AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(derived(phrase, iv, size), des ? "DESede" : "AES"),
                    new IvParameterSpec(iv));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new PemException(WRONG_PASS_PHRASE, e);
        }
    }

    /** EVP_BytesToKey with MD5 and one round, the first eight bytes of the vector being the salt. */
    private static byte[] derived(char[] phrase, byte[] iv, int size) throws GeneralSecurityException {
        byte[] secret = new String(phrase).getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[size];
        byte[] last = {};
        MessageDigest digest = MessageDigest.getInstance("MD5");
        for (int at = 0; at < size; at += last.length) {
            digest.update(last);
            digest.update(secret);
            digest.update(iv, 0, 8);
            last = digest.digest();
            System.arraycopy(last, 0, key, at, Math.min(last.length, size - at));
        }
        Arrays.fill(secret, (byte) 0);
        return key;
    }
}
