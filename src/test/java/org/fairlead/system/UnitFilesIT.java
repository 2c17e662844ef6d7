package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual's units, as systemd reads them. */
class UnitFilesIT {
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final Path JAVA = Path.of("/usr/bin/java");
    private static final Pattern UNIT = Pattern.compile(
            "^cat >/etc/systemd/system/(\\S+) <<'END'\\R(.*?)^END$", Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void systemdHasNothingToSayAboutTheManualsUnits() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(ANALYZE), "SKIPPED: nothing to read units with: no " + ANALYZE);
        Assumptions.assumeTrue(Files.isExecutable(JAVA), "SKIPPED: the units start " + JAVA + ", which is not here");
        List<String> command = new ArrayList<>(List.of(ANALYZE.toString(), "verify", "--man=no"));
        List<String> names = new ArrayList<>();
        Matcher units = UNIT.matcher(Files.readString(Path.of("src/site/markdown/install-jar.md")));
        while (units.find()) {
            names.add(units.group(1));
            Path file = folder.resolve(units.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, units.group(2));
            if (file.getParent().equals(folder)) {
                command.add(file.toString());
            }
        }
        assertThat(names).containsExactly("fairlead.service", "fairlead.socket", "fairlead.service.d/socket.conf");
        ServerProcess verify = ServerProcess.finish(new ProcessBuilder(command));
        assertThat(verify.output()).isEmpty();
        assertThat(verify.awaitExit()).isZero();
    }
}
