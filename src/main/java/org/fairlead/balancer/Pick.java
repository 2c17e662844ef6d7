package org.fairlead.balancer;

/**
 * The context of one selection that a method gets besides the candidates.
 *
 * @param hashKey the key of {@code lbmethod=hash}; empty = the request has none
 * @param now nanoseconds of the members' clock
 */
record Pick(String hashKey, long now) {}
