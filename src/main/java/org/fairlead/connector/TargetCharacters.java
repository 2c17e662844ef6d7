package org.fairlead.connector;

import org.apache.tomcat.util.http.parser.HttpParser;

/**
 * Set of bytes that Tomcat accepts in a request target: those that browsers and people leave unencoded and httpd
 * accepts, and bytes above 0x7F. {@link org.fairlead.http.RequestTarget} validates them afterwards. Immutable.
 */
final class TargetCharacters extends HttpParser {
    private static final String RELAXED = "\"<>[\\]^`{|}";

    TargetCharacters() {
        super(RELAXED, RELAXED);
    }

    @Override
    public boolean isNotRequestTargetRelaxed(int c) {
        return !isBeyondAscii(c) && super.isNotRequestTargetRelaxed(c);
    }

    @Override
    public boolean isAbsolutePathRelaxed(int c) {
        return isBeyondAscii(c) || super.isAbsolutePathRelaxed(c);
    }

    @Override
    public boolean isQueryRelaxed(int c) {
        return isBeyondAscii(c) || super.isQueryRelaxed(c);
    }

    /** In HTTP/2 Tomcat asks with signed bytes. */
    private static boolean isBeyondAscii(int c) {
        return c >= Byte.MIN_VALUE && c < 0 || c >= 0x80 && c <= 0xFF;
    }
}
