package org.fairlead.tls;

/** A PEM file that cannot be used; the message is what was expected, as the end of a sentence that names the file. */
public final class PemException extends Exception {
    PemException(String expected) {
        super(expected);
    }

    PemException(String expected, Throwable cause) {
        super(expected, cause);
    }
}
