package org.fairlead.connector;

/** What is known of one request of HTTP/2 while it is served. Thread-safe. */
final class Http2Stream {
    private volatile boolean ended;

    /** @param ended whether the head was all there is */
    Http2Stream(boolean ended) {
        this.ended = ended;
    }

    /** END_STREAM has come. */
    void end() {
        ended = true;
    }

    /** Whether the client has said that its request is whole (END_STREAM, RFC 9113 8.1); a reset says nothing of the kind. */
    boolean isEnded() {
        return ended;
    }
}
