package org.fairlead.access;

/**
 * Port to the kinds of password hashes that a user file may hold. Thread-safe; may take as long as the hash asks for.
 */
public interface Passwords {
    /** The result of a comparison. */
    enum Outcome {
        RIGHT,
        WRONG,
        /** The hash is of a kind that is not supported (crypt, plain text), so the login fails. */
        UNSUPPORTED
    }

    /**
     * Compares a password with a hash, in a time that does not tell how far they agree.
     *
     * @param password as the client sent it: bytes
     * @param hash as it stands in the user file
     */
    Outcome compare(byte[] password, String hash);
}
