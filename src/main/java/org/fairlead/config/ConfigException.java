package org.fairlead.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot run; it carries every problem, not only the first. */
public final class ConfigException extends Exception {
    private final transient List<Problem> problems;

    /** @param problems errors and notices, at least one of them an error */
    public ConfigException(List<Problem> problems) {
        super(problems.stream()
                .filter(p -> p.severity() == Problem.Severity.ERROR)
                .map(Problem::toString)
                .collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
