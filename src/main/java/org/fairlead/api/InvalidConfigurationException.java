package org.fairlead.api;

import java.util.List;

/** A configuration that cannot run. Its message holds every problem, one a line, in the words of a configuration file. */
public final class InvalidConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    InvalidConfigurationException(List<String> problems, Throwable cause) {
        super(String.join(System.lineSeparator(), problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** Returns every problem: where it is, the key, the value and what is allowed; at least one. */
    public List<String> problems() {
        return problems;
    }
}
