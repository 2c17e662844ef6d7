package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The folder in which the jar is started: under systemd it is {@code /}, and read-only. */
class StartFolderIT {
    @Test
    void nothingIsWrittenWhereTheProcessWasStarted() throws Exception {
        Path folder = Leftovers.directory("start");
        Path file = Leftovers.file("fairlead.conf", "Listen 127.0.0.1:0\nProxyPass / http://127.0.0.1:9/\n");
        List<String> command = List.of(
                "env",
                "--chdir=" + folder,
                FairleadJar.java(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                FairleadJar.path().toString(),
                "--config",
                file.toString());
        try (FairleadJar jar = FairleadJar.launch(command);
                Stream<Path> written = Files.list(folder)) {
            assertThat(jar.port()).isPositive();
            assertThat(written).isEmpty();
        }
    }
}
