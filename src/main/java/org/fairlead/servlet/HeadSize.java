package org.fairlead.servlet;

import org.fairlead.exchange.Headers;
import org.fairlead.exchange.RequestHead;

/** How many bytes a head has on the wire, as HTTP/1.1 spells it. */
final class HeadSize {
    /** A status line as Tomcat writes it, {@code HTTP/1.1 200 }, and the empty line at the end. */
    private static final int STATUS_LINE = 13 + 4;

    private HeadSize() {}

    static long of(RequestHead head) {
        return head.method().length()
                + head.target().raw().length()
                + head.protocol().length()
                + 2
                + 4
                + fields(head.headers());
    }

    /** An answer's. */
    static long of(Headers fields) {
        return STATUS_LINE + fields(fields);
    }

    private static long fields(Headers headers) {
        long size = 0;
        for (int i = 0; i < headers.size(); i++) {
            size += headers.name(i).length() + headers.value(i).length() + 4;
        }
        return size;
    }
}
