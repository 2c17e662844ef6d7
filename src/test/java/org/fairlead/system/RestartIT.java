package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A restart with sockets that the supervisor holds: clients wait for the next process, and none is refused. */
class RestartIT {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLIENTS = 8;
    private static final String READY = "fairlead: listening on ";

    /**
     * What systemd does for a unit with sockets and {@code Restart=always}: the ports are written into the file, and each
     * process gets the sockets, the one as its standard input or all from descriptor 3 on, and is followed by the next.
     */
    private static final String SUPERVISOR = """
            import fcntl, os, socket, sys
            path, way, command = sys.argv[1], sys.argv[2], sys.argv[3:]
            held = []
            text = open(path).read()
            while "@%d@" % len(held) in text:
                one = socket.socket()
                one.bind(("127.0.0.1", 0))
                one.listen(511)
                text = text.replace("@%d@" % len(held), str(one.getsockname()[1]))
                held.append(fcntl.fcntl(one.fileno(), fcntl.F_DUPFD, 100))
                print("supervisor: port %d" % one.getsockname()[1], flush=True)
                one.detach()
            os.closerange(3, 100)
            open(path, "w").write(text)
            while True:
                child = os.fork()
                if child == 0:
                    if way == "stdin":
                        os.dup2(held[0], 0)
                    else:
                        for i, descriptor in enumerate(held):
                            os.dup2(descriptor, 3 + i)
                        os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(len(held)))
                    os.closerange(100, 200)
                    os.execv(command[0], command)
                print("supervisor: ended with %d" % os.WEXITSTATUS(os.waitpid(child, 0)[1]), flush=True)
            """;

    @RegisterExtension
    final Members members = new Members();

    @Test
    void noConnectionIsRefusedOrResetOnThePortOfTheStandardInput() throws Exception {
        ServerProcess supervisor = supervisor("stdin", "Listen 127.0.0.1:@0@\n", "-jar", jar());
        try {
            List<Integer> ports = ports(supervisor, 1);
            holdsOver(1, 1, supervisor, List.of(() -> RawClient.to(ports.get(0))));
        } finally {
            supervisor.kill();
        }
    }

    @Test
    void noConnectionIsRefusedOrResetOnAnyOfSeveralPorts() throws Exception {
        String secured = "Listen 127.0.0.1:@0@\nListen 127.0.0.1:@1@\n<VirtualHost *:@1@>\n"
                + FrontDoor.certificate("ec") + "</VirtualHost>\n";
        ServerProcess supervisor = supervisor("fds", secured, "-jar", jar());
        try {
            List<Integer> ports = ports(supervisor, 2);
            SSLSocketFactory tls = FrontDoor.trustingAll().getSocketFactory();
            holdsOver(2, 2, supervisor, List.of(() -> RawClient.to(ports.get(0)), () -> {
                Socket socket = tls.createSocket(Loopback.address(), ports.get(1));
                return RawClient.over(socket);
            }));
        } finally {
            supervisor.kill();
        }
    }

    @Test
    void aJvmThatCannotTakeThemOverSaysWhyAndHow() throws Exception {
        ServerProcess supervisor = supervisor("fds", "Listen 127.0.0.1:@0@\n", "-cp", jar(), "org.fairlead.boot.Main");
        try {
            supervisor.awaitLines("supervisor: ended with 3", 1);
            assertThat(supervisor.output())
                    .contains("this JVM cannot take over the sockets that were handed down, [unknown (3)]")
                    .contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                    .contains("fairlead: cannot listen on http://127.0.0.1:", ": Address already in use");
        } finally {
            supervisor.kill();
        }
    }

    private static String jar() {
        return FairleadJar.path().toString();
    }

    private ServerProcess supervisor(String way, String listeners, String... program) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(PYTHON), "SKIPPED: nothing that could hold a socket: no " + PYTHON);
        String file = Leftovers.file(
                        "fairlead.conf",
                        listeners + "ProxyPass / " + members.http("m").uri() + "/\n")
                .toString();
        List<String> command = new ArrayList<>(List.of(PYTHON.toString(), "-c", SUPERVISOR, file, way));
        command.add(FairleadJar.java());
        command.addAll(FairleadJar.QUICK_START);
        command.addAll(List.of(program));
        command.addAll(List.of("--config", file));
        return ServerProcess.start(new ProcessBuilder(command));
    }

    private static List<Integer> ports(ServerProcess supervisor, int count) {
        return supervisor.awaitLines("supervisor: port ", count).stream()
                .map(line -> Integer.valueOf(line.replaceAll("\\D+", "")))
                .toList();
    }

    private static void holdsOver(int restarts, int ports, ServerProcess supervisor, List<SteadyLoad.Door> doors) {
        supervisor.awaitLines(READY, ports);
        List<SteadyLoad> loads =
                doors.stream().map(door -> SteadyLoad.start(door, CLIENTS)).toList();
        try {
            for (int restart = 1; restart <= restarts; restart++) {
                awaitAnswers(loads);
                assertThat(supervisor.children()).hasSize(1).allMatch(ProcessHandle::destroy);
                supervisor.awaitLines(READY, ports * (1 + restart));
            }
            awaitAnswers(loads);
        } finally {
            loads.forEach(SteadyLoad::close);
        }
        for (SteadyLoad load : loads) {
            assertThat(load.problems()).as(supervisor.output()).isEmpty();
        }
        assertThat(supervisor.linesWith("supervisor: ended")).hasSize(restarts).allMatch(line -> line.endsWith(" 0"));
    }

    private static void awaitAnswers(List<SteadyLoad> loads) {
        for (SteadyLoad load : loads) {
            long before = load.answers();
            await("load")
                    .atMost(PATIENCE)
                    .until(() -> load.answers() > before + CLIENTS
                            || !load.problems().isEmpty());
        }
    }
}
