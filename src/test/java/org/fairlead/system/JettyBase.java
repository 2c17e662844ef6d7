package org.fairlead.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jetty with a base of its own: the HTTP connector and one environment. */
final class JettyBase implements Containers.Base {
    private final String environment;

    /** @param environment {@code ee10} for Servlet 6.0, {@code ee11} for 6.1 */
    JettyBase(String environment) {
        this.environment = environment;
    }

    @Override
    public ProcessBuilder prepare(Path home, Path base, int port, Deployment deployment) throws IOException {
        String start = home.resolve("start.jar").toString();
        String wanted = "--add-modules=http,ENV-deploy,ENV-annotations".replace("ENV", environment);
        ServerProcess modules = ServerProcess.finish(
                new ProcessBuilder(FairleadJar.java(), "-jar", start, wanted).directory(base.toFile()));
        if (modules.awaitExit() != 0) {
            throw new IllegalStateException("Jetty's base:\n" + modules.output());
        }
        deployment.copyTo(base.resolve(webapps()));

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
