package org.fairlead.engine;

/**
 * A range of bytes of a body.
 *
 * @param first the position of its first byte, counted from 0
 * @param last the position of its last byte, not before the first
 */
record ByteRange(long first, long last) {
    long length() {
        return last - first + 1;
    }

    /** Whether both share bytes, or one begins where the other ends. */
    boolean touches(ByteRange other) {
        return first <= other.last + 1 && other.first <= last + 1;
    }

    ByteRange join(ByteRange other) {
        return new ByteRange(Math.min(first, other.first), Math.max(last, other.last));
    }

    /** The value of {@code Content-Range} in a body of {@code whole} bytes. */
    String contentRange(long whole) {
        return "bytes " + first + "-" + last + "/" + whole;
    }
}
