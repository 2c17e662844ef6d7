/** Who works: probes on their own threads, and the counting of passes and failures. */
package org.fairlead.health;
