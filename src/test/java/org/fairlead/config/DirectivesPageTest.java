package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The manual's page of directives says what the code's table says. After a change of the table, write it anew: {@value
 * #REWRITE}
 */
class DirectivesPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/directives.md");
    private static final String WRITE = "fairlead.manual.write";
    private static final String REWRITE = "mvn -q -Dtest=DirectivesPageTest -D" + WRITE + "=true test";

    @Test
    void thePageIsTheTable() throws IOException {
        String expected = DirectivesPage.text();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("the page is not what the table says; write it anew: " + REWRITE)
                .isEqualTo(expected);
    }
}
