/** What passes between a client, the proxy and a member, byte for byte: a table of cases, each with its rule. */
package org.fairlead.wire;
