package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fairlead deployed and undeployed over and over in a Tomcat that goes on: nothing of it stays behind.
 *
 * <p>A few times in every build; {@code -Dit.test=RedeployIT -Dfairlead.redeployments=20} does it more often.
 */
class RedeployIT {
    private static final int TIMES = Integer.getInteger("fairlead.redeployments", 3);

    /** Until then the caches of Tomcat and of the JDK fill. */
    private static final int FIRST = 2;

    /** Enough for what a deployment may leave in the caches of a JDK; one whole loader of Fairlead's is 10 MB. */
    private static final long GROWTH = 3L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final Members members = new Members();

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_10_1", "TOMCAT_11"})
    void undeployingLeavesNoThreadNoClassLoaderAndNoBean(Containers make) throws Exception {
        RawMember member = members.raw(RedeployIT::serve);
        try (Container tomcat = make.deploy()
                        .configuration(configuration(member))
                        .property(TomcatBase.BACKGROUND_SECONDS, "1")
                        .jvm("-Xmx128m")
                        .start();
                JMXConnector connector = connect(tomcat.pid())) {
            Jvm jvm = new Jvm(connector.getMBeanServerConnection());
            use(tomcat);
            for (int time = 1; time <= FIRST; time++) {
                redeploy(tomcat, time);
            }
            jvm.collectGarbage();
            long metaspace = jvm.metaspace();
            Set<String> beans = jvm.beans();
            Set<String> threads = ownThreads(jvm);

            for (int time = FIRST + 1; time <= TIMES; time++) {
                redeploy(tomcat, time);
            }

            await("the old class loaders' end").atMost(PATIENCE).untilAsserted(() -> {
                jvm.collectGarbage();
                assertThat(jvm.reloadedContextsStillThere()).isEmpty();
                assertThat(jvm.webClassLoaders()).isEqualTo(1);
            });
            long after = jvm.metaspace();
            System.out.printf(
                    "%s, JDK %d: metaspace %,d KiB after %d redeployments, %,d KiB after %d; threads %s%n",
                    make, Runtime.version().feature(), metaspace / 1024, FIRST, after / 1024, TIMES, ownThreads(jvm));
            assertThat(after - metaspace).isLessThan(GROWTH);
            assertThat(jvm.beans()).isEqualTo(beans);
            assertThat(ownThreads(jvm)).isEqualTo(threads);
            assertThat(ConfiguredTomcat.complaints(tomcat.log()))
                    .as(tomcat.log())
                    .filteredOn(line -> line.contains("] org.apache.") && !line.contains(".createSecureRandom "))
                    .isEmpty();
        }
    }

    /** What starts all that Fairlead has of threads: probes, a name that is followed, a file that is watched. */
    private static String configuration(RawMember member) {
        return """
                <Proxy balancer://b>
                    BalancerMember %s hcmethod=GET hcinterval=1 ttl=5 upgrade=x
                    BalancerMember http://localhost:%d resolve=all upgrade=x
                </Proxy>
                ProxyPass / balancer://b/
                """.formatted(member.uri(), member.port());
    }

    private static void serve(Conversation conversation) throws IOException {
        var request = conversation.readRequest();
        while (request.isPresent()) {
            if (request.get().header("Upgrade").isPresent()) {
                conversation.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
                conversation.input().transferTo(conversation.output());
                conversation.send("bye");
                return;
            }
            conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            request = conversation.readRequest();
        }
    }

    private static void use(Container tomcat) throws IOException {
        for (String request : List.of(
                "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
            try (RawClient client = RawClient.to(tomcat.port())) {
                WireMessage answer = client.timeout(PATIENCE).send(request).readFinal();
                assertThat(answer.status()).as(answer + "\n" + tomcat.log()).isEqualTo(200);
            }
        }
    }

    /** With a tunnel open, by a WAR with another time, as the deployer sees it when it looks the next time. */
    private static void redeploy(Container tomcat, int time) throws Exception {
        try (RawClient client = RawClient.to(tomcat.port()).timeout(PATIENCE)) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
            assertThat(client.read().status()).as(tomcat.log()).isEqualTo(101);
            Path war = tomcat.base().resolve("webapps/ROOT.war");
            long before = deployments(tomcat);
            Files.setLastModifiedTime(
                    war, FileTime.from(Instant.now().minusSeconds(3600).plusSeconds(time * 10L)));
            await("a deployment").atMost(PATIENCE).until(() -> deployments(tomcat) > before);
            // Not a reset, which would be an exception.
            assertThat(client.input().readAllBytes())
                    .as("the tunnel\n" + tomcat.log())
                    .asString()
                    .isEqualTo("bye");
        }
        use(tomcat);
    }

    private static long deployments(Container tomcat) {
        return tomcat.log()
                .lines()
                .filter(line -> line.contains(".war] has finished in"))
                .count();
    }

    private static Set<String> ownThreads(Jvm jvm) throws Exception {
        return jvm.threads().stream()
                .filter(name -> name.startsWith("fairlead"))
                .map(name -> name.replaceAll("\\d+", "N"))
                // Those of the pools for probes and look-ups come when there is something to do.
                .filter(name -> !name.matches("fairlead-(health|discovery)-N"))
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
