package org.fairlead.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Open Liberty with a user folder of its own: the servlet feature, one endpoint, and the folder that it watches. */
final class LibertyBase implements Containers.Base {
    @Override
    public ProcessBuilder prepare(Path home, Path base, int port, Deployment deployment) throws IOException {
        Path server = Files.createDirectories(base.resolve("servers/defaultServer"));
        String settings = deployment.settings().entrySet().stream()
                .map(setting -> " " + setting.getKey() + "=\"" + setting.getValue() + "\"")
                .collect(Collectors.joining());
        Files.writeString(server.resolve("server.xml"), """
                <server>
                    <featureManager><feature>servlet-6.0</feature></featureManager>
                    <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                    <applicationManager autoExpand="true"/>
                    <applicationMonitor updateTrigger="polled" pollingRate="500ms"/>
                    <webContainer deferServletLoad="false"%s/>
                </server>
                """.formatted(port, settings));
        deployment.copyTo(base.resolve(webapps()));

        List<String> command = new ArrayList<>(List.of(FairleadJar.java()));
        command.addAll(deployment.jvmOptions());
        command.addAll(List.of(
                "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
                "-Djava.awt.headless=true",
                "-jar",
                home.resolve("bin/tools/ws-server.jar").toString(),
                "defaultServer"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(server.toFile());
        builder.environment().put("WLP_USER_DIR", base.toString());
        return builder;
    }

    @Override
    public Map<String, String> roomy() {
        return Map.of("skipEncodedCharVerification", "true");
    }

    @Override
    public String webapps() {
        return "servers/defaultServer/dropins";
    }
}
