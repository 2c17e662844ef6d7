package org.fairlead.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.fairlead.connector.Connectors;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.ClientCertificates;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.PassPhrase;
import org.fairlead.model.ServerConfig;
import org.fairlead.model.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/**
 * A Tomcat with {@code tomcat-conf/server.xml} has the front that the executable jar has by default: every property of
 * Tomcat's objects is the same, but for those that {@link ConnectorPage} gives a reason for.
 */
class ServerXmlTest {
    private static final Path PAGE = Path.of("src/site/markdown/connector.md");
    private static final String WRITE = "fairlead.manual.write";

    private static final Pattern GETTER = Pattern.compile("(?:get|is)([A-Z].*)");

    /** Identity, place and state of one object. */
    private static final Set<String> NOT_COMPARED =
            Set.of("port", "portWithOffset", "localPort", "name", "nameIndex", "domain", "protocolHandlerClassName");

    private static final Path CERTIFICATES = Path.of("src/test/resources/org/fairlead/config/tls");

    @ParameterizedTest(name = "TLS: {0}")
    @ValueSource(booleans = {false, true})
    void theFilesConnectorsAreTheJarsButForWhatIsMeant(boolean secure) throws Exception {
        Map<String, String> jar = properties(booted(secure));
        Map<String, String> file = properties(ServerXml.made(ServerXml.read().connector(secure)));

        Set<String> different = new TreeSet<>(jar.keySet());
        different.removeIf(name -> jar.get(name).equals(file.get(name)));
        Set<String> meant = new TreeSet<>(ConnectorPage.MEANT.keySet());
        meant.removeIf(name -> (name.startsWith("SSLHostConfig") || name.startsWith("Http2Protocol")) && !secure);
        meant.addAll(ConnectorPage.MEANT_OF_THREADS.keySet());
        meant.addAll(ConnectorPage.OF_TOMCATS_POOL);

        assertThat(jar).hasSizeGreaterThan(secure ? 120 : 80);
        assertThat(file.keySet()).isEqualTo(jar.keySet());
        assertThat(different)
                .as(
                        "%s",
                        different.stream()
                                .map(n -> n + ": jar " + jar.get(n) + ", file " + file.get(n))
                                .toList())
                .isEqualTo(meant);
    }

    private static Connector booted(boolean secure) {
        CertificateConfig certificate = new CertificateConfig(
                List.of(),
                0,
                List.of(new CertificateConfig.Pair(CERTIFICATES.resolve("rsa.crt"), CERTIFICATES.resolve("rsa.key"))),
                Optional.empty(),
                new PassPhrase.None(),
                List.of("TLSv1.2", "TLSv1.3"),
                "",
                List.of(),
                false,
                true,
                false,
                ClientCertificates.NONE,
                Source.NONE);
        ListenerConfig listener = new ListenerConfig("", 0, secure ? List.of(certificate) : List.of(), Source.NONE);
        return new Connectors(ServerConfig.DEFAULTS, () -> {}).open(listener, Optional.empty());
    }

    /** Whatever can be asked of a connector and of what it is made of, if the answer is a number, a word or a flag. */
    private static Map<String, String> properties(Connector connector) throws ReflectiveOperationException {
        Map<String, String> all = new TreeMap<>();
        collect("Connector", connector, all);
        collect("Http11NioProtocol", connector.getProtocolHandler(), all);
        for (UpgradeProtocol upgrade : connector.findUpgradeProtocols()) {
            upgrade.setHttp11Protocol((AbstractHttp11Protocol<?>) connector.getProtocolHandler());
            collect("Http2Protocol", upgrade, all);
        }
        for (SSLHostConfig host : connector.findSslHostConfigs()) {
            collect("SSLHostConfig", host, all);
        }
        return all;
    }

    private static void collect(String prefix, Object bean, Map<String, String> into)
            throws ReflectiveOperationException {
        for (Method method : bean.getClass().getMethods()) {
            Matcher getter = GETTER.matcher(method.getName());
            if (method.getParameterCount() > 0 || !getter.matches() || !isPlain(method.getReturnType())) {
                continue;
            }
            String name = getter.group(1).substring(0, 1).toLowerCase(Locale.ROOT)
                    + getter.group(1).substring(1);
            if (!NOT_COMPARED.contains(name)) {
                // The jar's protocol is a class that nobody outside may see, with methods that are public.
                method.setAccessible(true);
                into.put(prefix + "." + name, answer(method, bean));
            }
        }
    }

    private static String answer(Method getter, Object bean) throws IllegalAccessException {
        try {
            return String.valueOf(getter.invoke(bean));
        } catch (InvocationTargetException e) {
            return "not before the start";
        }
    }

    private static boolean isPlain(Class<?> type) {
        return type.isPrimitive() && type != void.class || type == String.class || type.isEnum();
    }

    /** Else a limit could be set for one of them and forgotten for the other. */
    @Test
    void bothConnectorsSayTheSame() throws Exception {
        Map<String, String> plain = ServerXml.attributes(ServerXml.read().connector(false));
        Map<String, String> secure = ServerXml.attributes(ServerXml.read().connector(true));
        Set.of("sslImplementationName", "SSLEnabled", "scheme", "secure").forEach(secure::remove);
        plain.remove("port");
        secure.remove("port");

        assertThat(secure).isEqualTo(plain);
    }

    @Test
    void whatSetenvSetsIsTheFilesDefault() throws Exception {
        String setenv = Files.readString(ServerXml.FOLDER.resolve("setenv.sh"));
        Map<String, String> defaults = Pattern.compile("\"\\$\\{(\\w+):=([^}]*)}\"")
                .matcher(setenv)
                .results()
                .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2)));
        Map<String, String> set = Pattern.compile("-D(fairlead[\\w.]+)='?\\$(\\w+)'?")
                .matcher(setenv)
                .results()
                .filter(m -> defaults.containsKey(m.group(2)))
                .collect(Collectors.toMap(
                        m -> m.group(1),
                        m -> defaults.getOrDefault(
                                defaults.get(m.group(2)).replace("$", ""), defaults.get(m.group(2)))));

        assertThat(set).hasSize(6);
        assertThat(ServerXml.read().properties()).containsAllEntriesOf(set);
    }

    /** What is a comment on httpd's directives in the file stands in the page, with values. */
    @Test
    void thePageOfConnectorSettingsIsTheCodesAndTheFiles() throws Exception {
        String expected = ConnectorPage.read().text();
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("write it anew: mvn -q -Dtest=ServerXmlTest -D" + WRITE + "=true test")
                .isEqualTo(expected);
    }

    /** What no probe from outside can see, or only after months. */
    @Test
    void theRestOfTheChecklistIsSaid() throws Exception {
        ServerXml server = ServerXml.read();

        assertThat(ServerXml.attributes(server.root())).containsEntry("port", "-1");
        assertThat(server.elements("Connector"))
                .hasSize(2)
                .allSatisfy(c ->
                        assertThat(c.getAttribute("protocol")).isEqualTo("org.apache.coyote.http11.Http11NioProtocol"));
        assertThat(ServerXml.attributes(server.ofClass("Listener", "VersionLoggerListener")))
                .containsEntry("logArgs", "false");
        assertThat(ServerXml.attributes(server.ofClass("Listener", "SecurityListener")))
                .containsEntry("checkedOsUsers", "root")
                .containsEntry("minimumUmask", "0027");
        server.ofClass("Listener", "JreMemoryLeakPreventionListener");
        server.ofClass("Listener", "ThreadLocalLeakPreventionListener");
        server.ofClass("Realm", "LockOutRealm");
        assertThat(ServerXml.attributes(server.ofClass("Valve", "RemoteIpValve")))
                .containsEntry("internalProxies", "")
                .containsEntry("trustedProxies", "")
                .containsEntry("protocolHeader", "X-Forwarded-Proto");
        assertThat(ServerXml.attributes(server.element("Host")))
                .containsEntry("autoDeploy", "false")
                .containsEntry("deployXML", "false")
                .containsEntry("unpackWARs", "false");
        assertThat(Files.readString(ServerXml.FOLDER.resolve("setenv.sh")))
                .contains(
                        "-Xms$FAIRLEAD_HEAP -Xmx$FAIRLEAD_HEAP",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:HeapDumpPath=",
                        "-Dsun.net.inetaddr.ttl=1",
                        "UMASK=0027");
    }

    @Test
    void theFolderHoldsWhatItIsSaidToHold() throws Exception {
        try (var files = Files.list(ServerXml.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "server.xml", "context.xml", "setenv.sh", "logging.properties", "fairlead.conf");
        }
        for (Element valve : ServerXml.read().elements("Valve")) {
            assertThat(valve.getAttribute("className")).startsWith("org.apache.catalina.valves.");
        }
    }
}
