package org.fairlead.tls;

/** A PEM file that cannot serve; the message is what was expected instead, as the end of a sentence that names it. */
public final class PemException extends Exception {
    PemException(String expected) {
        super(expected);
    }

    PemException(String expected, Throwable cause) {
        super(expected, cause);
    }
}
