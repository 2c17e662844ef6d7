package org.fairlead.filter;

import java.util.List;
import java.util.Set;
import org.fairlead.http.Headers;
import org.fairlead.model.DeflateConfig;

/**
 * The filter INFLATE: undoes gzip or deflate of a member's body, as mod_deflate does. Of several codings the last one
 * is undone, if it is one of these.
 */
final class InflateFilter implements BodyFilter {
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    private final DeflateConfig config;

    InflateFilter(DeflateConfig config) {
        this.config = config;
    }

    @Override
    public FilteredResponse apply(FilteredResponse response) {
        Headers headers = response.head().headers();
        List<String> codings = ContentCoding.of(headers);
        String last = codings.isEmpty() ? "" : codings.get(codings.size() - 1);
        if (!GZIP.contains(last) && !last.equals("deflate") || response.length() == 0) {
            return response;
        }
        List<String> left = codings.subList(0, codings.size() - 1);
        if (left.isEmpty()) {
            headers.remove("Content-Encoding");
        } else {
            headers.set("Content-Encoding", String.join(", ", left));
        }
        ContentCoding.dropDigests(headers);
        ContentCoding.etag(headers, config.alters(), "gunzip");
        return response.through(next -> new InflateOutput(next, GZIP.contains(last)), -1);
    }
}
