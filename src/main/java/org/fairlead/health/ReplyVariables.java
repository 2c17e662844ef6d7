package org.fairlead.health;

import java.util.Locale;
import org.fairlead.expression.TimeVariables;
import org.fairlead.expression.Variables;
import org.fairlead.health.Probe.Reply;

/** The expression variables of a probe's response. There is no client's request, so all request variables are empty. */
record ReplyVariables(Reply reply) implements Variables {
    @Override
    public String variable(String name) {
        return switch (name) {
            case "REQUEST_STATUS" -> Integer.toString(reply.status());
            case "CONTENT_TYPE" -> lookup(Table.RESPONSE_HEADER, "Content-Type");
            case "HC_BODY" -> reply.body();
            default -> name.startsWith("TIME") ? TimeVariables.now(name) : "";
        };
    }

    @Override
    public String lookup(Table table, String key) {
        return switch (table) {
            case RESPONSE_HEADER -> reply.headers().first(key).orElse("");
            case PROBE -> key.toLowerCase(Locale.ROOT).equals("body") ? reply.body() : "";
            case PROCESS_ENVIRONMENT -> System.getenv().getOrDefault(key, "");
            case REQUEST_HEADER, ENVIRONMENT, NOTE -> "";
        };
    }
}
