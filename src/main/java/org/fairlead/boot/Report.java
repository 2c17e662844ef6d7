package org.fairlead.boot;

import java.io.PrintStream;
import java.util.List;
import org.fairlead.config.Problem;
import org.fairlead.config.Problem.Severity;

/** Report of {@code --check}: problems grouped by their consequence. */
final class Report {
    private Report() {}

    /** Prints a heading and the problems of each kind that there are, one a line. */
    static void print(List<Problem> problems, PrintStream out) {
        for (Severity severity : Severity.values()) {
            List<Problem> some =
                    problems.stream().filter(p -> p.severity() == severity).toList();
            if (!some.isEmpty()) {
                out.println(heading(severity) + " (" + some.size() + "):");
                some.forEach(out::println);
            }
        }
    }

    private static String heading(Severity severity) {
        return switch (severity) {
            case ERROR -> "Errors: the configuration is refused";
            case DIFFERENCE -> "Differences: this runs, but not as in httpd";
            case NO_EFFECT -> "Without effect: these lines do nothing here";
        };
    }
}
