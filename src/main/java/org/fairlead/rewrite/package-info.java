/** mod_rewrite's rules, as a pure function of the exchange and the rules' records. */
package org.fairlead.rewrite;
