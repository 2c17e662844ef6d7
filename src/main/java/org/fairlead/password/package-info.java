/** Compares passwords with the hashes that htpasswd writes. */
package org.fairlead.password;
