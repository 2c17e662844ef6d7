package org.fairlead.accesslog;

/**
 * The attempts to forward one request to members.
 *
 * @param count the number of attempts; 0 = none, and the other components have no meaning
 * @param members the members' names in the order of the attempts, separated by commas
 * @param status the status of the last member's response; 0 = no response
 * @param queuedNanos how long the request waited for a usable member
 * @param connectedNanos of the last attempt: until a connection was available, pooled or new; −1 = never
 * @param firstByteNanos of the last attempt: until its response head was received; −1 = never
 */
public record Attempts(
        int count, String members, int status, long queuedNanos, long connectedNanos, long firstByteNanos) {
    public static final Attempts NONE = new Attempts(0, "", 0, 0, -1, -1);
}
