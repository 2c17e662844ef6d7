package org.fairlead.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** Apache's variant of the MD5 crypt of FreeBSD, as apr_md5_encode has it: a thousand rounds with a salt. */
final class Apr1 {
    private static final String PREFIX = "$apr1$";
    private static final String DIGITS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ROUNDS = 1000;
    private static final int SALT_LENGTH = 8;
    private static final int DIGEST_LENGTH = 16;
    /** Which bytes of the digest stand together in four digits. */
    private static final int[][] ORDER = {{0, 6, 12}, {1, 7, 13}, {2, 8, 14}, {3, 9, 15}, {4, 10, 5}};

    private final MessageDigest md5;
    private final byte[] password;
    private final byte[] salt;

    private Apr1(byte[] password, byte[] salt) {
        this.password = password;
        this.salt = salt;
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /** @param behindPrefix salt, {@code $}, and perhaps a hash that is not looked at */
    static String hash(byte[] password, String behindPrefix) {
        int dollar = behindPrefix.indexOf('$');
        String written = dollar < 0 ? behindPrefix : behindPrefix.substring(0, dollar);
        String salt = written.substring(0, Math.min(SALT_LENGTH, written.length()));
        byte[] digest = new Apr1(password, salt.getBytes(StandardCharsets.ISO_8859_1)).digest();
        return PREFIX + salt + "$" + digits(digest);
    }

    private byte[] digest() {
        byte[] digest = first();
        for (int round = 0; round < ROUNDS; round++) {
            md5.update(round % 2 == 1 ? password : digest);
            if (round % 3 != 0) {
                md5.update(salt);
            }
            if (round % 7 != 0) {
                md5.update(password);
            }
            digest = md5.digest(round % 2 == 1 ? digest : password);
        }
        return digest;
    }

    private byte[] first() {
        md5.update(password);
        md5.update(salt);
        byte[] inner = md5.digest(password);
        md5.update(password);
        md5.update(PREFIX.getBytes(StandardCharsets.ISO_8859_1));
        md5.update(salt);
        for (int left = password.length; left > 0; left -= DIGEST_LENGTH) {
            md5.update(inner, 0, Math.min(DIGEST_LENGTH, left));
        }
        for (int bits = password.length; bits > 0; bits >>= 1) {
            if ((bits & 1) == 1) {
                md5.update((byte) 0);
            } else if (password.length > 0) {
                md5.update(password[0]);
            }
        }
        return md5.digest();
    }

    private static String digits(byte[] digest) {
        StringBuilder text = new StringBuilder();
        for (int[] group : ORDER) {
            append(text, (digest[group[0]] & 0xFF) << 16 | (digest[group[1]] & 0xFF) << 8 | digest[group[2]] & 0xFF, 4);
        }
        append(text, digest[11] & 0xFF, 2);
        return text.toString();
    }

    private static void append(StringBuilder text, int value, int count) {
        for (int i = 0, rest = value; i < count; i++, rest >>= 6) {
            text.append(DIGITS.charAt(rest & 63));
        }
    }
}
