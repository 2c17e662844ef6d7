package org.fairlead.accesslog;

import org.fairlead.expression.Variables;

/** The expression variables of a completed request, with its response as the client got it. */
record EndedVariables(Served served, Completion ending) implements Variables {
    @Override
    public String variable(String name) {
        return switch (name) {
            case "REQUEST_STATUS" -> Integer.toString(ending.status());
            case "CONTENT_TYPE" -> lookup(Table.RESPONSE_HEADER, "Content-Type");
            default -> served.variables().variable(name);
        };
    }

    @Override
    public String lookup(Table table, String key) {
        return table == Table.RESPONSE_HEADER
                ? ending.transfer().field(key).orElse("")
                : served.variables().lookup(table, key);
    }
}
