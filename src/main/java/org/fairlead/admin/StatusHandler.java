package org.fairlead.admin;

import java.nio.charset.StandardCharsets;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.engine.HandlerResponse;
import org.fairlead.engine.LocalHandler;
import org.fairlead.http.RefusedException;
import org.fairlead.operations.Operations;

/** {@code SetHandler server-status} (mod_status): the page, and with {@code ?auto} the text that tools read. */
final class StatusHandler implements LocalHandler {
    private static final String USUAL_REFRESH_SECONDS = "10";

    private final Operations operations;

    StatusHandler(Operations operations) {
        this.operations = operations;
    }

    @Override
    public HandlerResponse handle(HandlerRequest request) throws RefusedException {
        Guard.checkHost(request);
        if (!request.isGuarded() && !Guard.isLocal(request)) {
            throw new RefusedException(403, "server-status without a Require is for this machine only");
        }
        String method = request.exchange().request().method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw new RefusedException(405, "server-status takes GET");
        }
        // mod_status looks for its words anywhere in the query.
        String query = request.target().query().orElse("");
        StatusText text = new StatusText(operations.snapshot(), HttpdIdentity.name(request));
        HandlerResponse response = query.contains("auto")
                ? HandlerResponse.text(200, "text/plain; charset=ISO-8859-1", text.text(), StandardCharsets.ISO_8859_1)
                : HandlerResponse.text(200, "text/html; charset=ISO-8859-1", text.page(), StandardCharsets.ISO_8859_1);
        int refresh = query.indexOf("refresh");
        if (refresh >= 0) {
            response.with("Refresh", seconds(query.substring(refresh)));
        }
        return response.with("Cache-Control", "no-store").with("X-Content-Type-Options", "nosniff");
    }

    private static String seconds(String words) {
        String number = words.replaceFirst("^refresh=?(\\d{0,6}).*$", "$1");
        return number.isEmpty() || number.matches("0+") ? USUAL_REFRESH_SECONDS : number;
    }
}
