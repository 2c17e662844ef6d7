package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpdIncludeTest {
    @TempDir
    Path folder;

    private Path main;

    @BeforeEach
    void files() throws IOException {
        main = folder.resolve("main.conf");
        file("one.conf", "ServerName one");
        file("sites/b.conf", "ServerName sites-b");
        file("sites/a.conf", "ServerName sites-a");
        file("sites/a.txt", "ServerName sites-txt");
        file("sites/.hidden.conf", "ServerName sites-hidden");
        file("sites/deep/c.conf", "ServerName deep-c");
        file("apps/x/app.conf", "ServerName app-x");
        file("apps/y/app.conf", "ServerName app-y");
        file("apps/plain.conf", "ServerName plain");
    }

    @ParameterizedTest(name = "Include {0}")
    @CsvSource(textBlock = """
            one.conf,            one
            ./one.conf,          one
            sites/*.conf,        sites-a sites-b
            sites/?.txt,         sites-txt
            sites/[a-a].*,       sites-a sites-txt
            sites/[!a].conf,     sites-b
            sites/[!]a].conf,    sites-b
            sites/.*.conf,       sites-hidden
            apps/*/app.conf,     app-x app-y
            apps/[y-z]/*.conf,   app-y
            sites,               sites-hidden sites-a sites-txt sites-b deep-c
            sites/,              sites-hidden sites-a sites-txt sites-b deep-c
            sit*,                sites-hidden sites-a sites-txt sites-b deep-c
            """)
    void namesFilesFoldersAndPatternsInOrderOfTheirNames(String pattern, String expected) throws IOException {
        Files.writeString(main, "Include " + pattern);

        assertThat(serverNames()).isEqualTo(expected);
    }

    @Test
    void countsFromTheMainFilesFolderAndFromTheServerRootOnceItIsSaid() throws IOException {
        file("sites/a.conf", "Include one.conf");
        file("sites/one.conf", "ServerName sites-one");
        Files.writeString(
                main, "Include sites/a.conf\nServerRoot sites\nInclude a.conf\nInclude " + folder + "/one.conf");

        assertThat(serverNames()).isEqualTo("one sites-one one");
    }

    @Test
    void standsWhereItIsWritten() throws IOException {
        file("one.conf", "ServerAlias one\nDefine TWO two");
        Files.writeString(main, "<VirtualHost *:80>\nInclude one.conf\nServerAlias ${TWO}\n</VirtualHost>");

        HttpdTrees.Reading reading = HttpdTrees.read(main);

        assertThat(reading.told()).isEmpty();
        assertThat(reading.tree()).isEqualTo("virtualhost\n  address: *:80\n  serveralias: one\n  serveralias: two\n");
    }

    @Test
    void tellsTheFileAndLineOfAMistakeInAnIncludedFile() throws IOException {
        file("one.conf", "\nNonsense");
        Files.writeString(main, "Include one.conf");

        assertThat(HttpdTrees.read(main).told()).isEqualTo("E " + folder + "/one.conf:2: Nonsense: unknown directive");
    }

    @Test
    void aSectionEndsInTheFileInWhichItStarts() throws IOException {
        file("open.conf", "<Location /x>");
        file("close.conf", "</VirtualHost>");
        Files.writeString(main, "<VirtualHost *:80>\nInclude open.conf\nInclude close.conf\n</VirtualHost>");

        assertThat(HttpdTrees.read(main).told())
                .isEqualTo(
                        "E " + folder + "/open.conf:1: <Location>: is not closed (expected: </Location> in this file)\n"
                                + "E " + folder + "/close.conf:1: </VirtualHost> without <VirtualHost>");
    }

    @Test
    void aFileThatIncludesItselfIsAnError() throws IOException {
        file("one.conf", "Include two.conf");
        file("two.conf", "Include one.conf");
        Files.writeString(main, "Include one.conf");

        assertThat(HttpdTrees.read(main).told())
                .isEqualTo("E " + folder + "/two.conf:1: Include 'one.conf': " + folder
                        + "/one.conf includes itself (expected: Include file|folder|pattern)");
    }

    @Test
    void filesThatMultiplyEachOtherAreBounded() throws IOException {
        for (int i = 0; i < 18; i++) {
            file("f" + i + ".conf", ("Include f" + (i + 1) + ".conf\n").repeat(4));
        }
        file("f18.conf", "");
        Files.writeString(main, "Include f0.conf");

        assertThat(HttpdTrees.read(main).problems().errors().get(0).text())
                .contains("more than 10000 files are included");
    }

    @Test
    void knowsEveryFileAndFolderThatItLookedIntoAndWhatWasNotThere() throws IOException {
        file("one.conf", "IncludeOptional nowhere.conf\nIncludeOptional apps/*/none.conf");
        Files.writeString(main, "Include one.conf\nInclude sites/*.conf");

        HttpdConfiguration configuration = HttpdTrees.read(main).configuration();

        assertThat(configuration.files())
                .containsExactly(
                        main,
                        folder.resolve("one.conf"),
                        folder.resolve("sites/a.conf"),
                        folder.resolve("sites/b.conf"));
        assertThat(configuration.folders())
                .containsExactlyInAnyOrder(
                        folder.resolve("nowhere.conf"),
                        folder.resolve("apps"),
                        folder.resolve("apps/x/none.conf"),
                        folder.resolve("sites"));
    }

    @Test
    void aByteOrderMarkAndBytesInCommentsDoNoHarm() throws IOException {
        Files.write(main, "\uFEFFServerName one\r\n# caf\u00E9\r\n".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("one.conf"), "# caf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(main, Files.readString(main) + "Include one.conf\r\n");

        assertThat(serverNames()).isEqualTo("one");
    }

    @Test
    void aLineThatIsNotUtf8IsAnError() throws IOException {
        Files.write(main, "Timeout 5\nServerName caf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(HttpdTrees.read(main).told())
                .isEqualTo("E " + main + ":2: this line is not UTF-8: ServerName caf\\uFFFD");
    }

    private String serverNames() throws IOException {
        HttpdTrees.Reading reading = HttpdTrees.read(main);
        assertThat(reading.told()).isEmpty();
        return String.join(" ", reading.configuration().getList(String.class, "servername"));
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
