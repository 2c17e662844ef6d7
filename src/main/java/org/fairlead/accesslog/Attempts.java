package org.fairlead.accesslog;

/**
 * What was tried to get a request answered by members.
 *
 * @param count how many members were asked; 0 = none, and nothing else here has a meaning
 * @param members their names in the order in which they were asked, with a comma between
 * @param status what the last one answered; 0 = nothing
 * @param queuedNanos how long the request waited for a member that may take it
 * @param connectedNanos of the last attempt: until a connection was at hand, from the pool or a new one; −1 = it never was
 * @param firstByteNanos of the last attempt: until its answer's head was there; −1 = it never was
 */
public record Attempts(
        int count, String members, int status, long queuedNanos, long connectedNanos, long firstByteNanos) {
    public static final Attempts NONE = new Attempts(0, "", 0, 0, -1, -1);
}
