package org.fairlead.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tomcat with a base of its own: the distribution's configuration with the ports changed, and no other web app. */
final class TomcatBase implements Containers.Base {
    private static final String CONNECTOR = "<Connector port=\"8080\"";

    /** Of the system: how often Tomcat looks after what it has deployed, and for what there is to deploy. */
    static final String BACKGROUND_SECONDS = "fairlead.backgroundSeconds";

    private static final String ENGINE = "<Engine name=\"Catalina\"";

    @Override
    public ProcessBuilder prepare(Path home, Path base, int port, Deployment deployment) throws IOException {
        for (String directory : List.of("conf", "logs", "temp", "webapps", "work")) {
            Files.createDirectory(base.resolve(directory));
        }
        try (Stream<Path> files = Files.list(home.resolve("conf"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, base.resolve("conf").resolve(file.getFileName()));
            }
        }
        Path server = base.resolve("conf/server.xml");
        Files.writeString(server, patch(Files.readString(server), port, deployment));
        deployment.copyTo(base.resolve(webapps()));

        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("bin/catalina.sh").toString(), "run");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CATALINA_HOME", home.toString());
        builder.environment().put("CATALINA_BASE", base.toString());
        builder.environment().put("CATALINA_OPTS", String.join(" ", options(deployment)));
        return builder;
    }

    @Override
    public Map<String, String> roomy() {
        return Map.of(
                "maxHttpRequestHeaderSize", "32768",
                "encodedSolidusHandling", "passthrough",
                "encodedReverseSolidusHandling", "passthrough",
                "continueResponseTiming", "onRead",
                "maxKeepAliveRequests", "-1",
                "relaxedPathChars", "&quot;&lt;&gt;[]^`{|}",
                "relaxedQueryChars", "&quot;&lt;&gt;[\\\\]^`{|}");
    }

    private static List<String> options(Deployment deployment) {
        List<String> options = new ArrayList<>(deployment.jvmOptions());
        // Without this a start may wait for entropy that a fresh machine does not have.
        options.add("-Djava.security.egd=file:/dev/./urandom");
        return options;
    }

    private static String patch(String server, int port, Deployment deployment) {
        if (!server.contains(CONNECTOR) || !server.contains("<Server port=\"8005\"")) {
            throw new IllegalStateException("the distribution's server.xml is not as expected:\n" + server);
        }
        String attributes = deployment.settings().entrySet().stream()
                .map(setting -> " " + setting.getKey() + "=\"" + setting.getValue() + "\"")
                .collect(Collectors.joining());
        return server.replace("<Server port=\"8005\"", "<Server port=\"-1\"")
                .replace(ENGINE, ENGINE + " backgroundProcessorDelay=\"${" + BACKGROUND_SECONDS + ":-10}\"")
                .replaceFirst(CONNECTOR, "<Connector port=\"" + port + "\" address=\"127.0.0.1\"" + attributes);
    }
}
