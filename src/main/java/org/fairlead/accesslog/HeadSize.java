package org.fairlead.accesslog;

import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;

/** Sizes in bytes of message heads on the wire, as HTTP/1.1 spells them; for {@link Completion.Transfer}. */
public final class HeadSize {
    /** Of a status line as Tomcat writes it, {@code HTTP/1.1 200 }, and of the empty line at the end. */
    public static final int STATUS_LINE = 13 + 4;

    private HeadSize() {}

    /** Of a request line with words of these lengths, and of the empty line at the end. */
    public static long requestLine(int method, int target, int protocol) {
        return method + 1L + target + 1 + protocol + 2 + 2;
    }

    /** Of a field line with a name and a value of these lengths. */
    public static long field(int name, int value) {
        return name + 2L + value + 2;
    }

    /** The size of a request head. */
    public static long of(RequestHead head) {
        return requestLine(
                        head.method().length(),
                        head.target().raw().length(),
                        head.protocol().length())
                + fields(head.headers());
    }

    /** The size of a response's fields. */
    public static long of(Headers fields) {
        return STATUS_LINE + fields(fields);
    }

    private static long fields(Headers headers) {
        long size = 0;
        for (int i = 0; i < headers.size(); i++) {
            size += field(headers.name(i).length(), headers.value(i).length());
        }
        return size;
    }
}
