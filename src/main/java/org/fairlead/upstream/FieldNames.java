package org.fairlead.upstream;

import java.nio.charset.StandardCharsets;

/**
 * The names that members send again and again, so that each is not made anew for every answer. A name that is written
 * otherwise keeps its own case.
 */
final class FieldNames {
    private static final String[] TABLE = new String[256];

    static {
        for (String name : new String[] {
            "Accept-Ranges",
            "Access-Control-Allow-Origin",
            "Age",
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
            "Date",
            "ETag",
            "Expires",
            "Keep-Alive",
            "Last-Modified",
            "Link",
            "Location",
            "Pragma",
            "Referrer-Policy",
            "Server",
            "Set-Cookie",
            "Strict-Transport-Security",
            "Transfer-Encoding",
            "Upgrade",
            "Vary",
            "Via",
            "WWW-Authenticate",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "X-Powered-By",
            "X-XSS-Protection",
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
            TABLE[slot(bytes, 0, bytes.length)] = name;
        }
    }

    private FieldNames() {}

    /** Returns the name that stands in {@code bytes[start .. end)}, at least one byte long. */
    @SuppressWarnings("deprecation") // charAt by charAt on both sides; no charset is involved
    static String of(byte[] bytes, int start, int end) {
        String known = TABLE[slot(bytes, start, end)];
        if (known != null && equal(known, bytes, start, end)) {
            return known;
        }
        return new String(bytes, 0, start, end - start);
    }

    private static int slot(byte[] bytes, int start, int end) {
        int length = end - start;
        return (length * 31 + bytes[start] * 7 + bytes[end - 1] * 13 + bytes[start + length / 2] * 3) & 255;
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
