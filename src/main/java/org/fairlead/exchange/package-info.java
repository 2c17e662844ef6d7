/** One request and its response without a container: heads, fields, bodies, and the rules of RFC 9110 over them. */
package org.fairlead.exchange;
