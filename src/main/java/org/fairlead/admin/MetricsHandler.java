package org.fairlead.admin;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.engine.HandlerResponse;
import org.fairlead.engine.LocalHandler;
import org.fairlead.http.RefusedException;
import org.fairlead.metrics.MetricsPage;
import org.fairlead.operations.Operations;

/** {@code SetHandler fairlead-metrics}: Prometheus' text or OpenMetrics; {@code ?name[]=} chooses metrics. */
final class MetricsHandler implements LocalHandler {
    private final MetricsPage page;

    MetricsHandler(Operations operations) {
        page = new MetricsPage(operations::snapshot);
    }

    @Override
    public HandlerResponse handle(HandlerRequest request) throws IOException, RefusedException {
        Guard.checkHost(request);
        if (!request.isGuarded() && !Guard.isLocal(request)) {
            throw new RefusedException(403, "fairlead-metrics without a Require is for this machine only");
        }
        String method = request.exchange().request().method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new RefusedException(405, "metrics are read");
        }
        String accept = request.exchange().request().headers().first("Accept").orElse("");
        MetricsPage.Scrape scrape =
                page.scrape(accept, names(request.target().query().orElse("")));
        return HandlerResponse.bytes(200, scrape.type(), scrape.body()).with("Cache-Control", "no-store");
    }

    private static Set<String> names(String query) throws RefusedException {
        Set<String> names = new HashSet<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            try {
                if (parts.length == 2
                        && URLDecoder.decode(parts[0], StandardCharsets.UTF_8).equals("name[]")) {
                    names.add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
                }
            } catch (IllegalArgumentException e) {
                throw new RefusedException(400, "a parameter with a broken escape");
            }
        }
        return names;
    }
}
