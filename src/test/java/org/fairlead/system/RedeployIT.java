package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Fairlead deployed and undeployed over and over in a Tomcat that goes on: nothing of it stays behind.
 *
 * <p>Run it by {@code -Dit.test=RedeployIT -Dfairlead.redeployments=10}; deployments are too slow for every build.
 */
@EnabledIfSystemProperty(named = "fairlead.redeployments", matches = "\\d+")
class RedeployIT {
    /** Of two contexts each: twenty deployments, the first pair by the start. */
    private static final int TIMES = Integer.getInteger("fairlead.redeployments", 10);

    private static final List<String> WARS = List.of("ROOT.war", "second.war");

    /** Enough for what a deployment may leave in the caches of a JDK; one whole loader of Fairlead's is 10 MB. */
    private static final long GROWTH = 3L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @RegisterExtension
    final Members members = new Members();

    @Test
    void undeployingLeavesNoThreadNoClassLoaderAndNoBean() throws Exception {
        RawMember member = members.raw(conversation -> {
            var request = conversation.readRequest();
            while (request.isPresent()) {
                if (request.get().header("Upgrade").isPresent()) {
                    conversation.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
                    conversation.input().transferTo(conversation.output());
                    return;
                }
                conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                request = conversation.readRequest();
            }
        });
        try (ConfiguredTomcat tomcat = ConfiguredTomcat.start(
                        Containers.TOMCAT_11,
                        List.of(
                                member.uri() + " hcmethod=GET hcinterval=1 ttl=5 upgrade=x",
                                member.uri().toString().replace("127.0.0.1", "localhost") + " resolve=all upgrade=x"),
                        Map.of("fairlead.autoDeploy", "true", "fairlead.backgroundSeconds", "1"));
                JMXConnector connector = connect(tomcat.pid())) {
            Jvm jvm = new Jvm(connector.getMBeanServerConnection());
            Path copy = Files.copy(
                    tomcat.base().resolve("webapps/ROOT.war"), tomcat.base().resolve("temp/second.war"));
            // By a rename: half a file would be deployed too, and once more when it is whole.
            Files.move(copy, tomcat.base().resolve("webapps/second.war"), StandardCopyOption.ATOMIC_MOVE);
            awaitDeployments(tomcat, WARS.size());
            use(tomcat);
            redeploy(tomcat, 2);
            use(tomcat);
            jvm.collectGarbage();
            long metaspace = jvm.metaspace();
            Set<String> beans = jvm.beans();
            Set<String> threads = ownThreads(jvm);

            for (int time = 3; time <= TIMES; time++) {
                redeploy(tomcat, time);
                use(tomcat);
            }

            await("the old class loaders' end").atMost(PATIENCE).untilAsserted(() -> {
                jvm.collectGarbage();
                assertThat(jvm.reloadedContextsStillThere()).isEmpty();
                assertThat(jvm.webClassLoaders()).isEqualTo(WARS.size());
            });
            assertThat(jvm.metaspace() - metaspace).isLessThan(GROWTH);
            assertThat(jvm.beans()).isEqualTo(beans);
            assertThat(ownThreads(jvm)).isEqualTo(threads);
            assertThat(ConfiguredTomcat.complaints(tomcat.log()))
                    .as(tomcat.log())
                    .filteredOn(line -> line.contains("] org.apache.") && !line.contains(".createSecureRandom "))
                    .isEmpty();
            System.out.println("after " + TIMES * WARS.size() + " deployments: metaspace " + metaspace / 1024
                    + " KiB, then " + jvm.metaspace() / 1024 + " KiB");
        }
    }

    /** What starts whatever Fairlead has of threads and connections: answers, a body, a tunnel that stays open. */
    private static void use(ConfiguredTomcat tomcat) throws IOException {
        for (String request : List.of(
                "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /second/ HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
            try (RawClient client = RawClient.to(tomcat.port())) {
                WireMessage answer = client.timeout(PATIENCE).send(request).readFinal();
                assertThat(answer.status()).as(answer + "\n" + tomcat.log()).isEqualTo(200);
            }
        }
    }

    /** By files with another time, as the deployer sees them when it looks the next time. */
    private static void redeploy(ConfiguredTomcat tomcat, int time) throws IOException {
        try (RawClient client = RawClient.to(tomcat.port()).timeout(PATIENCE)) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(101);
            for (String war : WARS) {
                Files.setLastModifiedTime(
                        tomcat.base().resolve("webapps").resolve(war),
                        FileTime.from(Instant.now().minusSeconds(3600 - time * 10L)));
            }
            awaitDeployments(tomcat, time * WARS.size());
            assertThat(client.isClosedByServer())
                    .as("the tunnel\n" + tomcat.log())
                    .isTrue();
        }
    }

    private static void awaitDeployments(ConfiguredTomcat tomcat, int count) {
        await(count + " deployments")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> deployments(tomcat) >= count);
    }

    private static int deployments(ConfiguredTomcat tomcat) {
        return (int) tomcat.log()
                .lines()
                .filter(line -> line.contains(".war] has finished in"))
                .count();
    }

    private static Set<String> ownThreads(Jvm jvm) throws Exception {
        return jvm.threads().stream()
                .filter(name -> name.startsWith("fairlead"))
                .map(name -> name.replaceAll("\\d+", "N"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JMXConnector connect(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(pid + "");
        try {
            return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
    }

    /** The Tomcat's JVM, asked from outside. */
    private record Jvm(MBeanServerConnection beansOf) {
        /** Tomcat's own leak detection. */
        String[] reloadedContextsStillThere() throws Exception {
            return (String[]) beansOf.invoke(
                    new ObjectName("Catalina:type=Host,host=localhost"),
                    "findReloadedContextMemoryLeaks",
                    new Object[0],
                    new String[0]);
        }

        void collectGarbage() throws Exception {
            diagnose("gcRun");
        }

        long metaspace() throws Exception {
            Object usage = beansOf.getAttribute(new ObjectName("java.lang:type=MemoryPool,name=Metaspace"), "Usage");
            return (long) ((javax.management.openmbean.CompositeData) usage).get("used");
        }

        long webClassLoaders() throws Exception {
            return diagnose("gcClassHistogram")
                    .lines()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns.length >= 4
                            && columns[3].equals("org.apache.catalina.loader.ParallelWebappClassLoader"))
                    .mapToLong(columns -> Long.parseLong(columns[1]))
                    .sum();
        }

        List<String> threads() throws Exception {
            return diagnose("threadPrint")
                    .lines()
                    .filter(line -> line.startsWith("\""))
                    .map(line -> line.substring(1, line.indexOf('"', 1)))
                    .toList();
        }

        /** Names, without those of requests and of numbered things, which come and go. */
        Set<String> beans() throws IOException {
            return beansOf.queryNames(null, null).stream()
                    .map(ObjectName::toString)
                    .filter(name -> !name.contains("RequestProcessor") && !name.contains("UpgradeProcessor"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private String diagnose(String command) throws Exception {
            return (String) beansOf.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    command,
                    command.equals("gcRun") ? new Object[0] : new Object[] {new String[0]},
                    command.equals("gcRun") ? new String[0] : new String[] {String[].class.getName()});
        }
    }
}
