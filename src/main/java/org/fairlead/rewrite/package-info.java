/** mod_rewrite's rules: what they make of a request, as a pure function of the exchange and their records. */
package org.fairlead.rewrite;
