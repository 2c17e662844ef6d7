/** Active health checks: probes on their own threads, the counting of passes and failures, and DNS discovery. */
package org.fairlead.health;
