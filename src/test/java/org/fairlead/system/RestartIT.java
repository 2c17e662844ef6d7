package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A restart with a socket that the supervisor holds: clients wait for the next process, and none is refused. */
class RestartIT {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLIENTS = 16;
    private static final int RESTARTS = 2;

    /**
     * What systemd does for a unit with {@code StandardInput=socket} and {@code Restart=always}: the port is written into
     * the file, the socket is the standard input of each process, which is started again when it has ended.
     */
    private static final String SUPERVISOR = """
            import os, socket, subprocess, sys
            held = socket.socket()
            held.bind(("127.0.0.1", 0))
            held.listen(511)
            os.dup2(held.fileno(), 0)
            port = str(held.getsockname()[1])
            path = sys.argv[1]
            text = open(path).read()
            open(path, "w").write(text.replace("@PORT@", port))
            print("supervisor: " + port, flush=True)
            while True:
                print("supervisor: ended with %d" % subprocess.call(sys.argv[2:]), flush=True)
            """;

    @RegisterExtension
    final Members members = new Members();

    @Test
    void noConnectionIsRefusedOrResetWhileTheProcessIsRestarted() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PYTHON), "SKIPPED: nothing that could hold a socket: no " + PYTHON);
        HttpMember member = members.http("m");
        Path file = Leftovers.file("fairlead.conf", "Listen 127.0.0.1:@PORT@\nProxyPass / " + member.uri() + "/\n");
        ServerProcess supervisor = ServerProcess.start(new ProcessBuilder(
                PYTHON.toString(),
                "-c",
                SUPERVISOR,
                file.toString(),
                FairleadJar.java(),
                "-jar",
                FairleadJar.path().toString(),
                "--config",
                file.toString()));
        try {
            supervisor.awaitLines("fairlead: listening on ", 1);
            int port =
                    Integer.parseInt(supervisor.linesWith("supervisor: ").get(0).replaceAll("\\D+", ""));
            SteadyLoad load = SteadyLoad.start(port, CLIENTS);
            try (load) {
                for (int restart = 1; restart <= RESTARTS; restart++) {
                    long before = load.answers();
                    await("load").atMost(PATIENCE).until(() -> load.answers() > before + CLIENTS);
                    assertThat(supervisor.children()).hasSize(1).allMatch(ProcessHandle::destroy);
                    supervisor.awaitLines("fairlead: listening on ", 1 + restart);
                }
                long before = load.answers();
                await("load").atMost(PATIENCE).until(() -> load.answers() > before + CLIENTS);
            }
            assertThat(load.problems()).as(supervisor.output()).isEmpty();
            List<String> ends = supervisor.linesWith("supervisor: ended");
            assertThat(ends).hasSize(RESTARTS).allMatch(line -> line.endsWith(" 0"));
            System.out.println(load.answers() + " answers to " + CLIENTS + " clients over " + RESTARTS + " restarts");
        } finally {
            supervisor.kill();
        }
    }
}
