package org.fairlead.operations;

import org.fairlead.counters.ResponseCounts;

/**
 * A listener at one moment.
 *
 * @param url where it listens, with the port that is bound ({@code https://0.0.0.0:8443})
 * @param connections client connections that are open on it; −1 = not known (another container's)
 * @param requests requests that ended on its port
 * @param responses these by class
 * @param bytes of response bodies
 */
public record ListenerSnapshot(String url, long connections, long requests, ResponseCounts responses, long bytes) {}
