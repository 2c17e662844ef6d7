package org.fairlead.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about {@code --explain} shows what the command prints. */
class ExplainPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/explain.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    @TempDir
    private Path folder;

    @Test
    void bothSamplesAreWhatIsPrinted() throws Exception {
        List<MatchResult> blocks =
                BLOCK.matcher(Files.readString(PAGE)).results().toList();
        Path file = folder.resolve("shop.conf");
        Files.writeString(file, block(blocks, "apache", 0));

        assertThat(printed(
                        "--explain",
                        file.toString(),
                        "GET http://shop.example.com/basket?item=7",
                        "-H",
                        "Cookie: JSESSIONID=8A1F.app2",
                        "--client",
                        "10.1.2.3"))
                .isEqualTo(block(blocks, "", 0));
        assertThat(printed("--explain", file.toString(), "GET http://shop.example.com/static/a.css", "--json"))
                .isEqualTo(block(blocks, "", 1));
    }

    @Test
    void theSampleOfADifferenceIsWhatIsPrinted() throws Exception {
        List<MatchResult> blocks =
                BLOCK.matcher(Files.readString(PAGE)).results().toList();
        String old = block(blocks, "apache", 0);
        Path before = Files.writeString(folder.resolve("old.conf"), old);
        Path after = Files.writeString(folder.resolve("new.conf"), old.replace("10.0.0.0/8", "10.1.0.0/16"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int code = new Main(new PrintStream(out, true, StandardCharsets.UTF_8), System.err)
                .run(
                        "--diff",
                        before.toString(),
                        after.toString(),
                        "GET http://shop.example.com/basket?item=7",
                        "-H",
                        "Cookie: JSESSIONID=8A1F.app2",
                        "--client",
                        "10.2.2.3");

        assertThat(out.toString(StandardCharsets.UTF_8).replace(folder + "/", ""))
                .isEqualTo(block(blocks, "diff", 0));
        assertThat(code).isOne();
    }

    private static String block(List<MatchResult> blocks, String language, int number) {
        return blocks.stream()
                .filter(block -> block.group(1).equals(language))
                .toList()
                .get(number)
                .group(2);
    }

    private String printed(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = new Main(new PrintStream(out, true, StandardCharsets.UTF_8), System.err).run(arguments);
        assertThat(code).isZero();
        // The folder makes the column wider than the page has it.
        return out.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
    }
}
