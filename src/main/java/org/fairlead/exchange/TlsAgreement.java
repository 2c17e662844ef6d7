package org.fairlead.exchange;

/**
 * By which of the configuration's TLS settings a connection was made, in words to compare.
 *
 * @param name of the host that the client has asked for (SNI), lower case; empty = none
 * @param clients how its certificate was judged
 * @param settings all of them
 */
public record TlsAgreement(String name, String clients, String settings) {}
