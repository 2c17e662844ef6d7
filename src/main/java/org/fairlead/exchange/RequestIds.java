package org.fairlead.exchange;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of requests, unique over restarts and instances without coordination, as in mod_unique_id. They are the value of
 * {@code UNIQUE_ID}, {@code %L} and the first word of a log line. Thread-safe.
 *
 * <p>An id has {@value #LENGTH} letters of the URL-safe Base64 alphabet (RFC 4648 5): 84 random bits of this process,
 * then a counter of 60 bits. It is not a secret.
 */
public final class RequestIds {
    /** How many letters an id has. */
    public static final int LENGTH = 24;

    private static final int LETTERS_OF_PROCESS = 14;
    private static final int BITS_OF_LETTER = 6;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String PROCESS = process();
    private static final AtomicLong COUNTER = new AtomicLong();

    private RequestIds() {}

    private static String process() {
        byte[] random = new byte[LETTERS_OF_PROCESS];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random).substring(0, LETTERS_OF_PROCESS);
    }

    /** Takes the next number, of which {@link #text} makes an id. */
    public static long next() {
        return COUNTER.incrementAndGet();
    }

    /** The id of a number that {@link #next} has given. */
    public static String text(long number) {
        char[] id = new char[LENGTH];
        PROCESS.getChars(0, LETTERS_OF_PROCESS, id, 0);
        long rest = number;
        for (int i = LENGTH - 1; i >= LETTERS_OF_PROCESS; i--) {
            id[i] = ALPHABET.charAt((int) (rest & (1 << BITS_OF_LETTER) - 1));
            rest >>>= BITS_OF_LETTER;
        }
        return new String(id);
    }
}
