/** Load balancing: members, their states, selection methods, sessions, and the leases of requests. */
package org.fairlead.balancer;
