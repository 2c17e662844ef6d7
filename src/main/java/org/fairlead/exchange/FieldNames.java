package org.fairlead.exchange;

import java.nio.charset.StandardCharsets;

/**
 * The names that clients and members send again and again, so that each is not made anew for every message. A name that is written
 * otherwise keeps its own case.
 */
public final class FieldNames {
    private static final String[] TABLE = new String[1024];
    private static final byte[][] SPELLED = new byte[TABLE.length][];

    static {
        for (String name : new String[] {
            "Accept",
            "Accept-Charset",
            "Accept-Encoding",
            "Accept-Language",
            "Accept-Ranges",
            "Access-Control-Allow-Origin",
            "Age",
            "Authorization",
            "Alt-Svc",
            "Cache-Control",
            "Connection",
            "Content-Disposition",
            "Content-Encoding",
            "Content-Language",
            "Content-Length",
            "Content-Location",
            "Content-Range",
            "Content-Security-Policy",
            "Content-Type",
            "Cookie",
            "DNT",
            "Date",
            "ETag",
            "Expect",
            "Expires",
            "Forwarded",
            "Host",
            "If-Match",
            "If-Modified-Since",
            "If-None-Match",
            "If-Range",
            "Keep-Alive",
            "Last-Modified",
            "Link",
            "Location",
            "Origin",
            "Pragma",
            "Priority",
            "Range",
            "Referer",
            "Referrer-Policy",
            "Sec-Fetch-Dest",
            "Sec-Fetch-Mode",
            "Sec-Fetch-Site",
            "Sec-Fetch-User",
            "Server",
            "Set-Cookie",
            "Strict-Transport-Security",
            "TE",
            "Transfer-Encoding",
            "Upgrade",
            "Upgrade-Insecure-Requests",
            "User-Agent",
            "Vary",
            "Via",
            "WWW-Authenticate",
            "X-Content-Type-Options",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Proto",
            "X-Forwarded-Server",
            "X-Frame-Options",
            "X-Powered-By",
            "X-Real-IP",
            "X-Request-ID",
            "X-Requested-With",
            "X-XSS-Protection",
            "accept",
            "accept-encoding",
            "host",
            "user-agent",
            "content-length",
            "content-type",
            "date",
            "server",
            "set-cookie",
            "transfer-encoding",
            "connection",
            "cache-control",
            "vary",
            "etag",
            "last-modified",
            "location"
        }) {
            byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
            int slot = slot(bytes, 0, bytes.length);
            TABLE[slot] = name;
            SPELLED[slot] = bytes;
        }
    }

    private FieldNames() {}

    /** Returns the name that stands in {@code bytes[start .. end)}, at least one byte long. */
    @SuppressWarnings("deprecation") // charAt by charAt on both sides; no charset is involved
    public static String of(byte[] bytes, int start, int end) {
        String known = TABLE[slot(bytes, start, end)];
        if (known != null && equal(known, bytes, start, end)) {
            return known;
        }
        return new String(bytes, 0, start, end - start);
    }

    /** Returns a name's bytes, which nobody may change. */
    public static byte[] bytes(String name) {
        int slot = slot(name);
        return name.equals(TABLE[slot]) ? SPELLED[slot] : name.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int slot(String name) {
        int length = name.length();
        return length == 0 ? 0 : slot(length, name.charAt(0), name.charAt(length - 1), name.charAt(length / 2));
    }

    private static int slot(byte[] bytes, int start, int end) {
        int length = end - start;
        return slot(length, bytes[start], bytes[end - 1], bytes[start + length / 2]);
    }

    private static int slot(int length, int first, int last, int middle) {
        return (length * 31 + first * 7 + last * 13 + middle * 3) & TABLE.length - 1;
    }

    private static boolean equal(String known, byte[] bytes, int start, int end) {
        if (known.length() != end - start) {
            return false;
        }
        for (int i = 0; i < known.length(); i++) {
            if (known.charAt(i) != bytes[start + i]) {
                return false;
            }
        }
        return true;
    }
}
