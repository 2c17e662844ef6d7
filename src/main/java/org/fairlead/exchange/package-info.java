/**
 * One request and its response without a container: heads, fields, bodies, and the rules of RFC 9110 over them;
 * and the forms of text and files that all packages read requests with.
 */
package org.fairlead.exchange;
