package org.fairlead.servlet;

/**
 * Values of Smiley's init-params about the fields of a message; read anew for each request, since a subclass may change
 * them.
 *
 * @param log {@code log}
 * @param forwardsAddress {@code forwardip}
 * @param preservesHost {@code preserveHost}
 * @param preservesCookies {@code preserveCookies}
 */
record TargetOptions(boolean log, boolean forwardsAddress, boolean preservesHost, boolean preservesCookies) {}
