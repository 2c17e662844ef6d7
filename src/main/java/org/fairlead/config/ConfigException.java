package org.fairlead.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A configuration that cannot run; it carries every problem, not only the first. */
public final class ConfigException extends Exception {
    private final transient List<Problem> problems;
    private final transient Set<Path> places;

    /** @param problems errors and notices, at least one of them an error */
    public ConfigException(List<Problem> problems) {
        this(problems, Set.of());
    }

    /** @param places the files and folders that were read on the way to the problems, absolute */
    ConfigException(List<Problem> problems, Set<Path> places) {
        super(problems.stream()
                .filter(p -> p.severity() == Problem.Severity.ERROR)
                .map(Problem::toString)
                .collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
        this.places = Set.copyOf(places);
    }

    public List<Problem> problems() {
        return problems;
    }

    /** The files and folders that were read on the way to the problems, absolute: an edit of one may mend them. */
    public Set<Path> places() {
        return places;
    }
}
