package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a listener that change while clients use it. */
class ListenerReloadIT {
    private static final int CHANGES = 15;
    private static final int CLIENTS = 16;
    private static final int SLOW_CLIENTS = 12;
    private static final String GET = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @RegisterExtension
    final Members members = new Members();

    @TempDir
    private Path folder;

    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();

    /** A client that lets time pass between its requests, and keeps its connection as long as it may. */
    private final class SlowClient implements Runnable {
        private final int port;
        private RawClient connection;

        SlowClient(int port) {
            this.port = port;
        }

        @Override
        public void run() {
            try {
                if (connection == null) {
                    connection = RawClient.to(port);
                }
                WireMessage answer = connection.send(GET).readFinal();
                answers.incrementAndGet();
                if (answer.headers("Connection").contains("close")) {
                    connection.close();
                    connection = null;
                }
            } catch (Exception e) {
                problems.add("slow: " + e);
                connection = null;
            }
        }
    }

    private String generation(int number, HttpMember member) {
        return "Listen 127.0.0.1:0\nTimeout " + (60 + number % 2) + "\nProxyPass / " + member.uri() + "/\n";
    }

    @Test
    void noRequestIsLostWhileTheListenerIsReplacedAgainAndAgain() throws Exception {
        HttpMember member = members.http("a");
        Path file = Files.writeString(folder.resolve("fairlead.conf"), generation(0, member));
        ScheduledExecutorService clients = Executors.newScheduledThreadPool(SLOW_CLIENTS);
        try (FairleadJar jar = FairleadJar.start("--config", file.toString())) {
            SteadyLoad load = SteadyLoad.start(jar.port(), CLIENTS);
            try (load) {
                for (int i = 0; i < SLOW_CLIENTS; i++) {
                    // Around the half second after which a connection once was taken for idle.
                    clients.scheduleWithFixedDelay(new SlowClient(jar.port()), 0, 450 + 40 * i, TimeUnit.MILLISECONDS);
                }
                for (int i = 1; i <= CHANGES; i++) {
                    int number = i;
                    Path next = Files.writeString(folder.resolve("next.conf"), generation(i, member));
                    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                    ServerProcess.finish(new ProcessBuilder("kill", "-HUP", jar.pid() + ""));
                    await("change " + i)
                            .atMost(Duration.ofSeconds(20))
                            .pollDelay(Duration.ofMillis(700))
                            .until(() -> jar.output()
                                            .lines()
                                            .filter(line -> line.contains("taken over"))
                                            .count()
                                    >= number);
                }
            }
            clients.shutdown();
            assertThat(clients.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(problems).isEmpty();
            assertThat(load.problems()).isEmpty();
            assertThat(answers.get()).isGreaterThan(SLOW_CLIENTS);
            System.out.println(load.answers() + " and " + answers + " answers while the listener changed");
        } finally {
            clients.shutdownNow();
        }
    }
}
