/** Whom to ask: members, their states, the methods that choose among them, sessions, and the leases of requests. */
package org.fairlead.balancer;
