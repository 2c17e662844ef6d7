/**
 * What TLS towards clients and towards members share: PEM files and their keys, OpenSSL's names and lists of ciphers,
 * distinguished names and the variables of certificates. It reads files, and opens no connection.
 */
package org.fairlead.tls;
