package org.fairlead.exchange;

/**
 * The TLS settings of the configuration under which a connection was made, as texts to compare.
 *
 * @param name the host name that the client has requested (SNI), lower case; empty = none
 * @param clients the settings by which its certificate was verified
 * @param settings all settings
 */
public record TlsAgreement(String name, String clients, String settings) {}
