package org.fairlead.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Payara Micro with a root folder of its own, one listener, no cluster. */
final class PayaraBase implements Containers.Base {
    private static final String NETWORK = "set configs.config.server-config.network-config.";

    static final String WEBAPPS = "applications";

    @Override
    public ProcessBuilder prepare(Path home, Path base, int port, Deployment deployment) throws IOException {
        deployment.copyTo(base.resolve(webapps()));
        // Else it listens on every address of the machine.
        String commands = NETWORK + "network-listeners.network-listener.http-listener.address=127.0.0.1\n"
                + deployment.settings().entrySet().stream()
                        .map(setting -> NETWORK + setting.getKey() + "=" + setting.getValue() + "\n")
                        .collect(Collectors.joining());
        Path boot = Files.writeString(base.resolve("boot.commands"), commands);
        List<String> command = new ArrayList<>(List.of(FairleadJar.java()));
        command.addAll(deployment.jvmOptions());
        command.addAll(List.of(
                "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
                "--add-opens=java.base/sun.net.www.protocol.jrt=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.management/sun.management=ALL-UNNAMED",
                "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
                "--add-opens=java.logging/java.util.logging=ALL-UNNAMED",
                "--add-exports=java.base/sun.net.www=ALL-UNNAMED",
                "--add-exports=java.base/sun.security.util=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "-jar",
                home.toString(),
                "--rootDir",
                base.resolve("root").toString(),
                "--port",
                Integer.toString(port),
                "--noCluster",
                "--disablePhoneHome",
                "--prebootcommandfile",
                boot.toString(),
                "--deploymentDir",
                base.resolve(webapps()).toString()));
        return new ProcessBuilder(command).directory(base.toFile());
    }

    @Override
    public Map<String, String> roomy() {
        return Map.of("protocols.protocol.http-listener.http.encoded-slash-enabled", "true");
    }

    @Override
    public String webapps() {
        return WEBAPPS;
    }
}
