package org.fairlead.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.fairlead.access.Passwords;

/**
 * What htpasswd writes: bcrypt ({@code $2y$}), apr1 ({@code $apr1$}) and SHA-1 ({@code {SHA}}). Not crypt, whose eight
 * characters are soon guessed, nor plain text. Thread-safe.
 */
public final class PasswordHashes implements Passwords {
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}");
    private static final String APR1 = "$apr1$";
    private static final String SHA = "{SHA}";

    @Override
    public Outcome compare(byte[] password, String hash) {
        if (BCRYPT.matcher(hash).matches()) {
            return bcrypt(password, hash);
        }
        if (hash.startsWith(APR1)) {
            return apr1(password, hash);
        }
        return hash.startsWith(SHA) ? same(SHA + sha1(password), hash) : Outcome.UNSUPPORTED;
    }

    /** As everywhere, bcrypt looks at the first 72 bytes only. */
    private static Outcome bcrypt(byte[] password, String hash) {
        boolean right = BCrypt.verifyer(
                        BCrypt.Version.VERSION_2Y, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y))
                .verify(password, hash.getBytes(StandardCharsets.ISO_8859_1))
                .verified;
        return right ? Outcome.RIGHT : Outcome.WRONG;
    }

    private static Outcome apr1(byte[] password, String hash) {
        try {
            // A copy, since the library wipes what it is given.
            return same(Md5Crypt.apr1Crypt(password.clone(), hash), hash);
        } catch (IllegalArgumentException e) {
            return Outcome.UNSUPPORTED; // a salt that htpasswd does not write
        }
    }

    private static String sha1(byte[] password) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(password));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static Outcome same(String computed, String hash) {
        boolean right = MessageDigest.isEqual(
                computed.getBytes(StandardCharsets.ISO_8859_1), hash.getBytes(StandardCharsets.ISO_8859_1));
        return right ? Outcome.RIGHT : Outcome.WRONG;
    }
}
