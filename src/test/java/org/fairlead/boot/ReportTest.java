package org.fairlead.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fairlead.config.Problem;
import org.fairlead.config.Problem.Severity;
import org.fairlead.model.Source;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static Problem problem(Severity severity, int line) {
        return new Problem(severity, new Source("a.conf", line), "text " + line);
    }

    private static String printed(Problem... problems) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Report.print(List.of(problems), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    @Test
    void errorsComeFirstThenDifferencesThenWhatHasNoEffect() {
        String report = printed(
                problem(Severity.NO_EFFECT, 1),
                problem(Severity.ERROR, 2),
                problem(Severity.DIFFERENCE, 3),
                problem(Severity.NO_EFFECT, 4));

        assertThat(report).isEqualTo("""
                Errors: the configuration is refused (1):
                a.conf:2: text 2
                Differences: this runs, but not as in httpd (1):
                a.conf:3: text 3
                Without effect: these lines do nothing here (2):
                a.conf:1: text 1
                a.conf:4: text 4
                """);
    }

    @Test
    void aKindOfWhichThereIsNothingHasNoHeading() {
        assertThat(printed()).isEmpty();
        assertThat(printed(problem(Severity.DIFFERENCE, 3))).doesNotContain("Errors", "Without effect");
    }
}
