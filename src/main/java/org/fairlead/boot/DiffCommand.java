package org.fairlead.boot;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.Problem;
import org.fairlead.engine.DryRunRequest;
import org.fairlead.model.ProxyConfig;
import org.fairlead.runtime.ExplanationDiff;

/** {@code --diff OLD NEW [REQUEST]}: the requests of which a new configuration makes something else. */
final class DiffCommand {
    /** Exit codes of diff(1) in POSIX. */
    private static final int SAME = 0;

    private static final int DIFFERENT = 1;
    private static final int TROUBLE = 2;

    private final Command.Diff command;
    private final PrintStream out;
    private final PrintStream err;

    DiffCommand(Command.Diff command, PrintStream out, PrintStream err) {
        this.command = command;
        this.out = out;
        this.err = err;
    }

    /** @throws CommandLine.UsageException if the request cannot be one */
    int run() throws CommandLine.UsageException {
        List<Problem> problems = new ArrayList<>();
        List<ProxyConfig> configs = new ArrayList<>();
        for (Path file : List.of(command.old(), command.next())) {
            try {
                configs.add(new ConfigLoader().load(file).config());
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            problems.forEach(err::println);
            return TROUBLE;
        }
        ExplanationDiff diff = ExplanationDiff.of(configs.get(0), configs.get(1));
        List<String> lines = command.request().isEmpty() ? diff.all() : one(diff);
        lines.forEach(out::println);
        return lines.isEmpty() ? SAME : DIFFERENT;
    }

    private List<String> one(ExplanationDiff diff) throws CommandLine.UsageException {
        try {
            return diff.of(DryRunRequest.of(
                    command.request().get(), ExplainCommand.fields(command.fields()), command.client(), diff.ports()));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.UsageException(e.getMessage());
        }
    }
}
