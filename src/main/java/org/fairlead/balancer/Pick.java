package org.fairlead.balancer;

/**
 * What a method may know of a request and of the moment besides the candidates.
 *
 * @param hashKey what {@code lbmethod=hash} looks at; empty = the request has none
 * @param now nanoseconds of the members' clock
 */
record Pick(String hashKey, long now) {}
