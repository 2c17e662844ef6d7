package org.fairlead.filter;

import org.fairlead.http.Headers;
import org.fairlead.model.SubstituteConfig;

/** The filter SUBSTITUTE: replaces texts in each line of a body, as mod_substitute does. */
final class SubstituteFilter implements BodyFilter {
    private final SubstituteConfig config;

    SubstituteFilter(SubstituteConfig config) {
        this.config = config;
    }

    @Override
    public FilteredResponse apply(FilteredResponse response) {
        if (config.rules().isEmpty()) {
            return response;
        }
        Headers headers = response.head().headers();
        ContentCoding.dropDigests(headers);
        return response.through(
                next -> new SubstituteOutput(next, Substitution.of(config.rules()), config.maxLine()), -1);
    }
}
