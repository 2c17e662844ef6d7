package org.fairlead.upstream;

import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;

/**
 * The framing of a response: where it ends and what may come after it (RFC 9112 6.3, 9.3). Decided strictly: an
 * ambiguous response is refused.
 *
 * @param length bytes of the body; {@link #CHUNKED}; {@link #UNTIL_CLOSE}; 0 = none
 * @param reusable whether the connection may carry another request once the response is read
 */
record Framing(long length, boolean reusable) {
    static final long CHUNKED = -1;
    static final long UNTIL_CLOSE = -2;

    /**
     * Decides the framing of a final response.
     *
     * @throws BadResponseException if its framing is not to be trusted
     */
    static Framing of(String method, ParsedHead head) throws BadResponseException {
        Headers fields = head.fields();
        boolean chunked = isChunked(head);
        long length = contentLength(fields);
        if (chunked && length >= 0) {
            throw new BadResponseException("Content-Length and Transfer-Encoding");
        }
        boolean keepAlive = keepsAlive(head);
        if (!ResponseHead.allowsBody(method, head.status())) {
            // Some members send the body that they announce all the same, perhaps later than any reader expects it.
            return new Framing(0, keepAlive && !chunked && length <= 0);
        }
        if (chunked) {
            return new Framing(CHUNKED, keepAlive);
        }
        return length >= 0 ? new Framing(length, keepAlive) : new Framing(UNTIL_CLOSE, false);
    }

    private static boolean isChunked(ParsedHead head) throws BadResponseException {
        Headers fields = head.fields();
        int index = fields.indexOf("Transfer-Encoding", 0);
        if (index < 0) {
            return false;
        }
        if (head.minorVersion() == 0) {
            throw new BadResponseException("Transfer-Encoding in an HTTP/1.0 answer");
        }
        if (fields.indexOf("Transfer-Encoding", index + 1) >= 0
                || !fields.value(index).equalsIgnoreCase("chunked")) {
            throw new BadResponseException("Transfer-Encoding other than chunked");
        }
        return true;
    }

    /** The one length; −1 = none given. Equal repetitions are made one, as RFC 9110 8.6 allows. */
    private static long contentLength(Headers fields) throws BadResponseException {
        int index = fields.indexOf("Content-Length", 0);
        if (index < 0) {
            return -1;
        }
        String value = fields.value(index);
        int comma = value.indexOf(',');
        String first = comma < 0 ? value : value.substring(0, comma).stripTrailing();
        long length = digits(first);
        for (int from = comma; from >= 0; ) {
            int next = value.indexOf(',', from + 1);
            same(
                    length,
                    value.substring(from + 1, next < 0 ? value.length() : next).strip());
            from = next;
        }
        for (int again = fields.indexOf("Content-Length", index + 1);
                again >= 0;
                again = fields.indexOf("Content-Length", again)) {
            same(length, fields.value(again));
            fields.removeAt(again);
        }
        fields.setValue(index, first);
        return length;
    }

    private static void same(long length, String other) throws BadResponseException {
        if (digits(other) != length) {
            throw new BadResponseException("different Content-Lengths");
        }
    }

    private static long digits(String text) throws BadResponseException {
        int count = text.length();
        if (count == 0 || count > 18) {
            throw new BadResponseException("invalid Content-Length");
        }
        long number = 0;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new BadResponseException("invalid Content-Length");
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    private static boolean keepsAlive(ParsedHead head) {
        Headers fields = head.fields();
        boolean keep = head.minorVersion() > 0;
        for (int i = fields.indexOf("Connection", 0); i >= 0; i = fields.indexOf("Connection", i + 1)) {
            String value = fields.value(i);
            if (FieldSyntax.lists(value, "close")) {
                return false;
            }
            keep |= FieldSyntax.lists(value, "keep-alive");
        }
        return keep;
    }
}
