package org.fairlead.filter;

import org.fairlead.filter.FilterOutput.BrokenBodyException;

/** A reader of the header of a gzip member (RFC 1952 2.3), of which any part may come at a time. Keeps no byte of it. */
final class GzipHeader {
    static final byte MAGIC = 0x1f;
    private static final byte MAGIC_2 = (byte) 0x8b;
    private static final int DEFLATE = 8;
    private static final int FIXED_BYTES = 10;

    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private int fixed;
    private int flags;
    /** Bytes of the length of the extra field that are still to come. */
    private int extraLength = 2;

    private int extra;
    private int checksum = 2;

    boolean isComplete() {
        return fixed == FIXED_BYTES && flags == 0;
    }

    /** Returns the position behind the last byte that belongs to the header. */
    int read(byte[] bytes, int from, int end) throws BrokenBodyException {
        int at = from;
        while (at < end && !isComplete()) {
            int b = bytes[at++] & 0xFF;
            if (fixed < FIXED_BYTES) {
                fixed(b);
            } else {
                optional(b);
            }
        }
        return at;
    }

    private void fixed(int b) throws BrokenBodyException {
        boolean right = switch (fixed) {
            case 0 -> b == MAGIC;
            case 1 -> b == (MAGIC_2 & 0xFF);
            case 2 -> b == DEFLATE;
            case 3 -> (b & RESERVED) == 0;
            default -> true;
        };
        if (!right) {
            throw new BrokenBodyException("a body that is no gzip, although its Content-Encoding says so");
        }
        if (fixed == 3) {
            // The lowest bit says that it is probably text.
            flags = b & (CHECKSUM | EXTRA | NAME | COMMENT);
        }
        fixed++;
    }

    private void optional(int b) {
        if ((flags & EXTRA) != 0) {
            extra(b);
        } else if ((flags & NAME) != 0) {
            flags = b == 0 ? flags & ~NAME : flags;
        } else if ((flags & COMMENT) != 0) {
            flags = b == 0 ? flags & ~COMMENT : flags;
        } else if (--checksum == 0) {
            flags = 0;
        }
    }

    private void extra(int b) {
        if (extraLength > 0) {
            extra |= b << 8 * (2 - extraLength);
            extraLength--;
        } else {
            extra--;
        }
        if (extraLength == 0 && extra == 0) {
            flags &= ~EXTRA;
        }
    }
}
