package org.fairlead.model;

import java.nio.file.Path;

/** Where the pass phrase of an encrypted key comes from ({@code SSLPassPhraseDialog}). */
public sealed interface PassPhrase {
    /** {@code builtin}, httpd's default, which asks at a terminal: there is none, so keys must not be encrypted. */
    record None() implements PassPhrase {}

    /**
     * {@code exec:/path}: what a program prints, its arguments being {@code servername:port} and {@code RSA},
     * {@code ECC} or another algorithm's name.
     */
    record Program(Path path) implements PassPhrase {}

    /** {@code file:/path}: a file's first line. */
    record File(Path path) implements PassPhrase {}
}
