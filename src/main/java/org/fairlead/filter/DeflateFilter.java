package org.fairlead.filter;

import java.util.List;
import java.util.Locale;
import org.fairlead.http.Headers;
import org.fairlead.model.DeflateConfig;

/**
 * The filter DEFLATE: compresses a body with gzip for a client that accepts it, as mod_deflate does. A body that has a
 * coding already stays as it is.
 */
final class DeflateFilter implements BodyFilter {
    /** The largest body in bytes that is not worth it: gzip's own bytes, and the fields about it. */
    private static final int MAX_UNCOMPRESSED = 68;

    private final DeflateConfig config;
    private final FilteredRequest request;

    DeflateFilter(DeflateConfig config, FilteredRequest request) {
        this.config = config;
        this.request = request;
    }

    @Override
    public FilteredResponse apply(FilteredResponse response) {
        Headers headers = response.head().headers();
        boolean small = response.length() >= 0 && response.length() <= MAX_UNCOMPRESSED;
        List<String> codings = ContentCoding.of(headers);
        if (small || !codings.isEmpty() || isSwitchedOff(headers)) {
            return response;
        }
        ContentCoding.vary(headers, "Accept-Encoding");
        if (!request.environment().isSet("force-gzip") && !AcceptEncoding.names(request.headers(), "gzip")) {
            return response;
        }
        headers.set("Content-Encoding", "gzip");
        ContentCoding.dropDigests(headers);
        ContentCoding.etag(headers, config.alters(), "gzip");
        return response.through(next -> new DeflateOutput(next, config, request.environment()), -1);
    }

    private boolean isSwitchedOff(Headers headers) {
        if (request.environment().isSet("no-gzip")) {
            return true;
        }
        boolean html = headers.first("Content-Type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("text/html");
        return !html
                && request.environment()
                        .get("gzip-only-text/html")
                        .filter("1"::equals)
                        .isPresent();
    }
}
