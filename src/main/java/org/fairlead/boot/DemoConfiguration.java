package org.fairlead.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration of {@code --demo}: a balancer of the sample members, and on a loopback port of its own the console,
 * the API and the metrics, for this machine only.
 */
final class DemoConfiguration {
    /** Port of the console, unless it is taken. */
    static final int CONSOLE_PORT = 9180;

    private DemoConfiguration() {}

    /** @param listen address and port of the proxy, as after {@code Listen}; 0 = any free port */
    static String text(List<String> members, String listen, int consolePort) {
        return """
                Listen %s
                Listen 127.0.0.1:%d
                <Proxy balancer://fairlead>
                %s
                    ProxySet growth=4
                </Proxy>
                ProxyPass / balancer://fairlead/
                ProxyPassReverse / balancer://fairlead/
                <VirtualHost 127.0.0.1:%d>
                    ServerName localhost
                    ProxyPassInherit Off
                    RedirectMatch ^/$ /console
                    <Location /console>
                        SetHandler fairlead-console
                        Require local
                    </Location>
                    <Location /api>
                        SetHandler fairlead-api
                        Require local
                    </Location>
                    <Location /metrics>
                        SetHandler fairlead-metrics
                        Require local
                    </Location>
                </VirtualHost>
                """.formatted(
                        listen,
                        consolePort,
                        members.stream().map(url -> "    BalancerMember " + url).collect(Collectors.joining("\n")),
                        consolePort);
    }

    /** Returns {@link #CONSOLE_PORT}, or a free port where something else listens on it. */
    static int freeConsolePort() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket wanted = new ServerSocket(CONSOLE_PORT, 1, loopback)) {
            return wanted.getLocalPort();
        } catch (IOException taken) {
            return anyPort(loopback);
        }
    }

    private static int anyPort(InetAddress loopback) {
        try (ServerSocket any = new ServerSocket(0, 1, loopback)) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("the console finds no free port on loopback", e);
        }
    }
}
