package org.fairlead.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** WildFly with a base of its own: the distribution's standalone server, its deployment scanner, nothing but HTTP. */
final class WildFlyBase implements Containers.Base {
    /** As the distribution's start script has them. */
    private static final List<String> MODULAR = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/com.sun.net.ssl.internal.ssl=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    @Override
    public ProcessBuilder prepare(Path home, Path base, int port, Deployment deployment) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
            Files.createDirectories(base.resolve("configuration"));
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, base.resolve("configuration").resolve(file.getFileName()));
            }
        }
        Path server = base.resolve("configuration/standalone.xml");
        String settings = String.join("", deployment.settings().values());
        Files.writeString(
                server,
                Files.readString(server)
                        .replace("<http-listener name=\"default\"", "<http-listener name=\"default\" " + settings)
                        .replaceAll("<https-listener[^>]*>", ""));
        deployment.copyTo(base.resolve(webapps()));

        List<String> command = new ArrayList<>(List.of(FairleadJar.java()));
        command.addAll(deployment.jvmOptions());
        command.addAll(MODULAR);
        command.addAll(List.of(
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + port,
                "-Djboss.management.http.port=0",
                "-Djboss.bind.address=127.0.0.1",
                "-Djboss.bind.address.management=127.0.0.1",
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-Dlogging.configuration="
                        + base.resolve("configuration/logging.properties").toUri(),
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone"));
        return new ProcessBuilder(command).directory(base.toFile());
    }

    @Override
    public Map<String, String> roomy() {
        return Map.of();
    }

    @Override
    public String webapps() {
        return "deployments";
    }
}
