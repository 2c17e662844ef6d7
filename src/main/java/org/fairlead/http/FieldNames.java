package org.fairlead.http;

/**
 * The intern table of common field names, which avoids a new string for every message. A name in another spelling keeps
 * its own case.
 */
public final class FieldNames {
    private static final InternTable KNOWN = new InternTable(
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
            "location");

    private FieldNames() {}

    /** Returns the name that stands in {@code bytes[start .. end)}. */
    public static String of(byte[] bytes, int start, int end) {
        return KNOWN.text(bytes, start, end);
    }

    /** Returns a name's bytes, which callers must not change. */
    public static byte[] bytes(String name) {
        return KNOWN.bytes(name);
    }
}
