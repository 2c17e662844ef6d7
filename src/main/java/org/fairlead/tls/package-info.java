/**
 * Common parts of TLS towards clients and members: PEM files and keys, OpenSSL's cipher names and lists, distinguished
 * names and certificate variables. It reads files, and opens no connection.
 */
package org.fairlead.tls;
