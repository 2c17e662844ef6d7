package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A new version of the WAR beside the old one, by the commands of the manual, while clients go on asking. */
class ParallelDeploymentIT {
    private static final int CLIENTS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern COMMANDS =
            Pattern.compile("(?ms)^### A new version without a gap$.*?^```sh\\n(.*?)^```$");

    @RegisterExtension
    final Members members = new Members();

    private final AtomicInteger answers = new AtomicInteger();
    private final Queue<String> losses = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    @Test
    void noRequestIsLostAndSessionsStayWhileTheNewVersionComesAndTheOldOneGoes() throws Exception {
        try (ConfiguredTomcat tomcat = ConfiguredTomcat.start(
                Containers.TOMCAT_11,
                List.of(
                        member("a").uri() + " route=a",
                        member("b").uri() + " route=b\nProxySet stickysession=JSESSIONID"),
                Map.of("fairlead.autoDeploy", "true", TomcatBase.BACKGROUND_SECONDS, "2"))) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String route = i % 2 == 0 ? "a" : "b";
                clients.add(new Thread(() -> ask(tomcat.port(), route), "client-" + i));
            }
            clients.forEach(Thread::start);
            try {
                await("answers of the old version").atMost(PATIENCE).until(() -> answers.get() > CLIENTS);
                follow(tomcat);
                await("the new version")
                        .atMost(PATIENCE)
                        .until(() -> tomcat.log().contains("ROOT##2.war] has finished in"));
                await("the end of the old version")
                        .atMost(PATIENCE)
                        .until(() -> tomcat.log().contains("Undeploying context []")
                                && !Files.exists(tomcat.base().resolve("webapps/ROOT.war")));
                int then = answers.get();
                await("answers of the new version alone")
                        .atMost(PATIENCE)
                        .until(() -> answers.get() > then + 10 * CLIENTS);
            } finally {
                over = true;
                for (Thread client : clients) {
                    client.join(PATIENCE.toMillis());
                }
            }
            assertThat(losses).as(tomcat.log()).isEmpty();
        }
    }

    private RawMember member(String name) throws IOException {
        return members.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + name);
    }

    private void ask(int port, String route) {
        String request = "GET / HTTP/1.1\r\nHost: h\r\nCookie: JSESSIONID=s." + route + "\r\n\r\n";
        while (!over) {
            try (RawClient client = RawClient.to(port).timeout(PATIENCE)) {
                String answer = "";
                // As many as the connection is good for: Tomcat says so in its last answer.
                while (!over && !answer.contains("Connection: close")) {
                    WireMessage message = client.send(request).readFinal();
                    answer = message.toString();
                    if (message.status() != 200 || !message.bodyText().equals(route)) {
                        losses.add(route + ": " + answer);
                    }
                    answers.incrementAndGet();
                }
            } catch (IOException e) {
                losses.add(route + ": " + e);
            }
        }
    }

    private static void follow(ConfiguredTomcat tomcat) throws IOException {
        Matcher commands = COMMANDS.matcher(Files.readString(Path.of("src/site/markdown/install-tomcat.md")));
        assertThat(commands.find()).isTrue();
        Path folder = Leftovers.directory("new-version");
        Files.createSymbolicLink(
                folder.resolve("fairlead.war"),
                Path.of(System.getProperty("fairlead.war", "target/fairlead.war"))
                        .toAbsolutePath());
        ProcessBuilder shell = new ProcessBuilder("sh", "-eu", "-c", commands.group(1)).directory(folder.toFile());
        shell.environment().put("BASE", tomcat.base().toString());
        shell.environment().put("SERVICE", System.getProperty("user.name"));
        ServerProcess following = ServerProcess.finish(shell);
        assertThat(following.awaitExit()).as(following.output()).isZero();
    }
}
