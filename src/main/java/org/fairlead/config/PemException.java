package org.fairlead.config;

/** A PEM file that cannot serve; the message is what was expected instead, as the end of a sentence that names it. */
final class PemException extends Exception {
    PemException(String expected) {
        super(expected);
    }

    PemException(String expected, Throwable cause) {
        super(expected, cause);
    }
}
