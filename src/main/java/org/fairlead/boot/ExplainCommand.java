package org.fairlead.boot;

import java.util.List;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.DryRunRequest;
import org.fairlead.engine.Explanation;
import org.fairlead.engine.ExplanationFormat;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.runtime.OfflineEngine;

/** {@code --explain}: a dry run of one request against a configuration that need not be running. */
final class ExplainCommand {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    private ExplainCommand() {}

    /**
     * Returns what is to be printed.
     *
     * @throws ConfigException if the configuration is refused
     * @throws CommandLine.UsageException if the request cannot be one
     */
    static String run(Command.Explain command) throws ConfigException, CommandLine.UsageException {
        ProxyConfig config = new ConfigLoader().load(command.file()).config();
        OfflineEngine engine = OfflineEngine.of(config);
        DryRunRequest request;
        try {
            request = DryRunRequest.of(command.request(), fields(command.fields()), command.client(), engine.ports());
        } catch (IllegalArgumentException e) {
            throw new CommandLine.UsageException(e.getMessage());
        }
        Explanation explanation = engine.explain(request, command.showsSecrets());
        return command.json() ? ExplanationFormat.json(explanation) : ExplanationFormat.text(explanation);
    }

    /** Reads {@code -H}: each {@code NAME: VALUE}. */
    static Headers fields(List<String> given) throws CommandLine.UsageException {
        Headers fields = new Headers();
        for (String field : given) {
            int colon = field.indexOf(':');
            String name = colon < 0 ? field : field.substring(0, colon);
            String value = field.substring(colon + 1).strip();
            if (colon < 0 || !name.matches(TOKEN) || value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F)) {
                throw new CommandLine.UsageException("-H '" + field + "' (expected: 'NAME: VALUE')");
            }
            fields.add(name, value);
        }
        return fields;
    }
}
