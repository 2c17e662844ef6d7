package org.fairlead.bench;

import java.nio.charset.StandardCharsets;
import org.fairlead.http.Headers;

/** What a browser sends for a link that was followed, and what a site answers; for the micro-benchmarks. */
public final class Browser {
    private static final String ANSWER = """
            HTTP/1.1 200 OK
            Date: Sun, 22 Nov 2026 12:00:00 GMT
            Server: Apache-Coyote/1.1
            Content-Type: text/html;charset=UTF-8
            Content-Language: en-GB
            Transfer-Encoding: chunked
            Cache-Control: private, max-age=0, must-revalidate
            ETag: W/"2f51-18c0a4d3e58"
            Last-Modified: Sat, 21 Nov 2026 17:32:10 GMT
            Vary: Accept-Encoding
            Set-Cookie: JSESSIONID=0123456789ABCDEF0123456789ABCDEF.one; Path=/shop; HttpOnly
            X-Frame-Options: SAMEORIGIN
            Connection: keep-alive

            """.replace("\n", "\r\n");

    private Browser() {}

    /** The request's fields; a new object each time, as whoever gets it changes it. */
    public static Headers request() {
        return Headers.of(
                "Host",
                "shop.example.com",
                "Connection",
                "keep-alive",
                "Cache-Control",
                "max-age=0",
                "Upgrade-Insecure-Requests",
                "1",
                "User-Agent",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
                "Accept",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
                "Sec-Fetch-Site",
                "same-origin",
                "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Dest",
                "document",
                "Referer",
                "https://shop.example.com/shop/catalogue?page=2",
                "Accept-Encoding",
                "gzip, deflate, br",
                "Accept-Language",
                "en-GB,en;q=0.9,de;q=0.8",
                "Cookie",
                "JSESSIONID=0123456789ABCDEF0123456789ABCDEF.one; theme=dark; consent=1");
    }

    /** The head of the answer, of 12 fields, with the empty line behind it. */
    public static byte[] answer() {
        return ANSWER.getBytes(StandardCharsets.ISO_8859_1);
    }
}
