package org.fairlead.upstream;

import org.fairlead.http.FieldNames;
import org.fairlead.http.FieldValues;
import org.fairlead.http.Headers;

/**
 * A strict parser of SEND_HEADERS: refuses what a response head in HTTP must not hold, and whatever reaches beyond its
 * packet. Used once.
 */
final class AjpHeadParser {
    /** The names that have codes, from 0xA001 on. */
    private static final String[] CODED = {
        "Content-Type",
        "Content-Language",
        "Content-Length",
        "Date",
        "Last-Modified",
        "Location",
        "Set-Cookie",
        "Set-Cookie2",
        "Servlet-Engine",
        "Status",
        "WWW-Authenticate"
    };

    /** The length of a string that is absent. */
    private static final int ABSENT = 0xFFFF;

    private final byte[] bytes;
    private final int end;
    private final int maxField;
    private int position;
    private int stringStart;
    private int stringEnd;

    /** @param maxField {@code responsefieldsize}: the most bytes of one field, its name included; 0 = 8192 */
    AjpHeadParser(byte[] bytes, int position, int end, int maxField) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
        this.maxField = maxField == 0 ? 8192 : maxField;
    }

    ParsedHead read() throws BadResponseException {
        int status = number();
        if (status < 200 || status > 999) {
            throw new BadResponseException("status " + status);
        }
        // The reason, which reaches no client.
        string();
        int count = number();
        if (count > HeadParser.MAX_LINES) {
            throw new BadResponseException("more than " + HeadParser.MAX_LINES + " fields");
        }
        Headers fields = new Headers();
        for (int i = 0; i < count; i++) {
            String name = name();
            fields.add(name, value(name));
        }
        if (position != end) {
            throw new BadResponseException("bytes behind the fields of an AJP head");
        }
        return new ParsedHead(status, 1, fields);
    }

    private String name() throws BadResponseException {
        int start = position;
        int number = number();
        if (number >> 8 == 0xA0) {
            int code = number & 0xFF;
            if (code == 0 || code > CODED.length) {
                throw new BadResponseException("AJP field of unknown code " + code);
            }
            return CODED[code - 1];
        }
        position = start;
        string();
        if (stringStart == stringEnd) {
            throw new BadResponseException("field without a name");
        }
        for (int i = stringStart; i < stringEnd; i++) {
            if (!FieldSyntax.isToken(bytes[i])) {
                throw new BadResponseException("malformed field name");
            }
        }
        return FieldNames.of(bytes, stringStart, stringEnd);
    }

    private String value(String name) throws BadResponseException {
        string();
        if (name.length() + stringEnd - stringStart > maxField) {
            throw new BadResponseException("a field of more than " + maxField + " bytes (responsefieldsize)");
        }
        int from = stringStart;
        int to = stringEnd;
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t' || bytes[i] == 0x7F) {
                throw new BadResponseException("control byte in a field value");
            }
        }
        return FieldValues.of(bytes, from, to);
    }

    private int number() throws BadResponseException {
        if (end - position < 2) {
            throw beyond();
        }
        int number = (bytes[position] & 0xFF) << 8 | bytes[position + 1] & 0xFF;
        position += 2;
        return number;
    }

    /** Finds the bytes of a string: its length, its bytes, a zero byte. One that is absent counts as empty. */
    private void string() throws BadResponseException {
        int length = number();
        stringStart = position;
        stringEnd = position;
        if (length == ABSENT) {
            return;
        }
        if (end - position <= length) {
            throw beyond();
        }
        stringEnd = position + length;
        if (bytes[stringEnd] != 0) {
            throw new BadResponseException("AJP string without a zero byte at its end");
        }
        position = stringEnd + 1;
    }

    private static BadResponseException beyond() {
        return new BadResponseException("an AJP head that reaches beyond its packet");
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
