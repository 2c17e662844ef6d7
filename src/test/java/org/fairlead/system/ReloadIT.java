package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A changed file is taken over while the proxy runs; a broken one is not. */
class ReloadIT {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final Members members = new Members();

    @TempDir
    private Path folder;

    private static String to(HttpMember member) {
        return "Listen 127.0.0.1:0\nProxyPass / " + member.uri() + "/\n";
    }

    private static int status(FairleadJar jar) throws IOException {
        return RawClient.exchange(jar.port(), GET).status();
    }

    @Test
    void anEditMovesTrafficAndABrokenOneDoesNot() throws Exception {
        HttpMember first = members.http("first");
        HttpMember second = members.http("second");
        Path file = Files.writeString(folder.resolve("fairlead.conf"), to(first));
        try (FairleadJar jar = FairleadJar.start("--config", file.toString())) {
            assertThat(status(jar)).isEqualTo(200);
            assertThat(first.count()).isEqualTo(1);

            Path next = Files.writeString(folder.resolve("next.conf"), to(second));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            await("the new member").atMost(PATIENCE).until(() -> status(jar) == 200 && second.count() > 0);
            int before = first.count();

            Files.writeString(file, "ProxyPas / " + first.uri() + "/\n");
            await("the refusal").atMost(PATIENCE).until(() -> jar.output().contains("the running one stays"));

            assertThat(jar.output()).contains("fairlead.conf:1: ", "ProxyPass");
            assertThat(status(jar)).isEqualTo(200);
            assertThat(first.count()).isEqualTo(before);
        }
    }

    private static final int CHANGES = 50;
    private static final int CLIENTS = 32;
    private static final String TAKEN = "taken over";

    /** Something that runs with the file. */
    private interface Front extends AutoCloseable {
        int port();

        /** How many configurations it has taken over. */
        long taken();

        /** Says that the file has changed, where it does not look by itself. */
        void tell();

        @Override
        void close();
    }

    private static long count(String log) {
        return log.lines().filter(line -> line.contains(TAKEN)).count();
    }

    private static Front jar(Path file) {
        FairleadJar jar = FairleadJar.start("--config", file.toString());
        return new Front() {
            @Override
            public int port() {
                return jar.port();
            }

            @Override
            public long taken() {
                return count(jar.output());
            }

            @Override
            public void tell() {
                ServerProcess.finish(new ProcessBuilder("kill", "-HUP", jar.pid() + ""));
            }

            @Override
            public void close() {
                jar.close();
            }
        };
    }

    private static Front war(Path file) {
        Container container = Containers.TOMCAT_11
                .deploy()
                .property("fairlead.config", file.toString())
                .property("fairlead.config.interval", "10")
                .start();
        return new Front() {
            @Override
            public int port() {
                return container.port();
            }

            @Override
            public long taken() {
                return count(container.log());
            }

            @Override
            public void tell() {
                // It looks often enough.
            }

            @Override
            public void close() {
                container.close();
            }
        };
    }

    /** Routes, members and weights change; the tunnel's route, and the members of sessions, stay. */
    private static String generation(int number, HttpMember a, HttpMember b, HttpMember c, RawMember tunnel) {
        String members = "BalancerMember " + a.uri() + " route=a loadfactor=" + (1 + number % 5) + "\n"
                + (number % 2 == 0 ? "BalancerMember " + b.uri() + " route=b\n" : "")
                + (number % 3 == 0 ? "BalancerMember " + c.uri() + " route=c max=40\n" : "");
        return "Listen 127.0.0.1:0\nProxyPass /tunnel " + tunnel.uri() + " upgrade=x\n<Proxy balancer://b>\n" + members
                + "</Proxy>\n" + (number % 4 == 0 ? "ProxyPass /other !\n" : "")
                + "ProxyPass / balancer://b/ stickysession=ROUTE\n";
    }

    private static RawMember echo(Members members) throws IOException {
        return members.raw(conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
            conversation.input().transferTo(conversation.output());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jar", "war"})
    void noRequestAndNoTunnelIsLostWhileTheFileChangesFiftyTimes(String place) throws Exception {
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        HttpMember c = members.http("c");
        RawMember tunnel = echo(members);
        Path file = Files.writeString(folder.resolve("fairlead.conf"), generation(0, a, b, c, tunnel));
        try (Front front = place.equals("jar") ? jar(file) : war(file);
                RawClient upgraded = RawClient.to(front.port())) {
            upgraded.send("GET /tunnel HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
            assertThat(upgraded.readFinal().status()).isEqualTo(101);
            SteadyLoad load = SteadyLoad.start(front.port(), CLIENTS);
            try (load) {
                for (int i = 1; i <= CHANGES; i++) {
                    long before = front.taken();
                    Path next =
                            Files.writeString(folder.resolve("next.conf"), generation(i, a, b, c, tunnel) + "# " + i);
                    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                    front.tell();
                    await("change " + i)
                            .atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(5))
                            .until(() ->
                                    front.taken() > before || !load.problems().isEmpty());
                    upgraded.send("still " + i + "\n");
                    assertThat(upgraded.input().readNBytes(("still " + i + "\n").length()))
                            .asString()
                            .isEqualTo("still " + i + "\n");
                    assertThat(session(front.port())).isEqualTo("a");
                }
            }
            assertThat(load.problems()).isEmpty();
            assertThat(load.answers()).isGreaterThan(CHANGES);
            System.out.println(place + ": " + load.answers() + " answers while the file changed " + CHANGES + " times");
        }
    }

    private static String session(int port) throws IOException {
        return RawClient.exchange(port, "GET /x HTTP/1.1\r\nHost: h\r\nCookie: ROUTE=s.a\r\n\r\n")
                .bodyText();
    }

    @Test
    void aSignalReadsTheConfigurationAgainAndRefusesABrokenOne() throws Exception {
        assumeThat(ignoresHangup()).as("SIGHUP is ignored here, by nohup?").isFalse();
        HttpMember first = members.http("first");
        Path file = Files.writeString(folder.resolve("fairlead.conf"), to(first));
        try (FairleadJar jar =
                FairleadJar.start(List.of("-Dfairlead.config.interval=600000"), "--config", file.toString())) {
            Files.writeString(file, "ProxyPas / " + first.uri() + "/\n");
            for (String signal : List.of("HUP", "USR1")) {
                int before = jar.output().length();
                ServerProcess.finish(new ProcessBuilder("kill", "-" + signal, jar.pid() + ""));
                await("the refusal")
                        .atMost(PATIENCE)
                        .until(() -> jar.output().substring(before).contains("the running one stays"));
                assertThat(jar.output().substring(before))
                        .contains("SIG" + signal + ": reading the configuration again", "fairlead.conf:1: ");
            }
            assertThat(status(jar)).isEqualTo(200);
        }
    }

    /** What ignores SIGHUP when it is started goes on doing so, and its children inherit that. */
    private static boolean ignoresHangup() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) != 0);
    }
}
