package org.fairlead.counters;

import java.util.Locale;

/** Why a request or an attempt failed: the fixed list of {@code kind} and {@code error_type} in metrics and console. */
public enum FailureKind {
    /** No failure. */
    NONE,
    /** No connection to the member was made. */
    CONNECT,
    /** The TLS handshake with the member failed, or its certificate was not accepted. */
    TLS,
    /** The member did not send the 100 that {@code ping=} waits for. */
    PING,
    /** The member's connection broke before the first byte of a response. */
    BROKEN,
    /** The member sent no response in time. */
    TIMEOUT,
    /** The member's response was malformed. */
    BAD_ANSWER,
    /** The member's response broke off after its head. */
    CUT,
    /** The client's request body could not be read. */
    CLIENT_BODY,
    /** The client closed its connection before the response was complete. */
    CLIENT_GONE,
    /** No member was usable. */
    NO_MEMBER,
    /** Every usable member was at its {@code max}, and the request could not wait or waited in vain. */
    QUEUE_FULL,
    /** Fairlead refused the request: limits, access rules, or a request that must not be forwarded. */
    DENIED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the name in lower case, as labels and JSON have it ({@code bad_answer}). */
    public String label() {
        return label;
    }
}
