/** Messages of HTTP without a connection: targets, fields, addresses, and the rules of RFC 9110 and 9112 over them. */
package org.fairlead.http;
