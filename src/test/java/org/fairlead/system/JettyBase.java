package org.fairlead.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jetty with a base of its own: the HTTP connector and the ee10 environment. */
final class JettyBase implements Containers.Base {
    @Override
    public ProcessBuilder prepare(Path home, Path base, int port, Deployment deployment) throws IOException {
        String start = home.resolve("start.jar").toString();
        ServerProcess modules = ServerProcess.finish(
                new ProcessBuilder(FairleadJar.java(), "-jar", start, "--add-modules=http,ee10-deploy,ee10-annotations")
                        .directory(base.toFile()));
        if (modules.awaitExit() != 0) {
            throw new IllegalStateException("Jetty's base:\n" + modules.output());
        }
        Files.copy(deployment.war(), base.resolve("webapps").resolve(deployment.contextName() + ".war"));

        List<String> command = new ArrayList<>(List.of(FairleadJar.java()));
        command.addAll(deployment.jvmOptions());
        command.addAll(List.of("-jar", start, "jetty.http.host=127.0.0.1", "jetty.http.port=" + port));
        deployment.settings().forEach((key, value) -> command.add(key + "=" + value));
        return new ProcessBuilder(command).directory(base.toFile());
    }

    @Override
    public Map<String, String> roomy() {
        return Map.of(
                "jetty.httpConfig.requestHeaderSize", "32768",
                "jetty.httpConfig.responseHeaderSize", "65536",
                "jetty.httpConfig.sendServerVersion", "false",
                "jetty.httpConfig.uriCompliance", "UNSAFE");
    }
}
