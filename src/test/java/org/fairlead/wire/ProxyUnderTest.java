package org.fairlead.wire;

import org.fairlead.system.Container;
import org.fairlead.system.Containers;
import org.fairlead.system.FairleadJar;
import org.fairlead.system.Httpd;

/** What stands between client and member: Fairlead in one of its forms, or httpd to prove the table itself. */
interface ProxyUnderTest extends AutoCloseable {
    /** Returns the port for clients. */
    int port();

    /** Returns what it has logged, for the message of a failure. */
    String log();

    @Override
    void close();

    /** How a proxy of one kind is started with a configuration that has no {@code Listen}. */
    @FunctionalInterface
    interface Kind {
        ProxyUnderTest start(String configuration);
    }

    /** The executable jar. */
    static ProxyUnderTest jar(String configuration) {
        FairleadJar jar = FairleadJar.configured("Listen 127.0.0.1:0\n" + configuration);
        return of(jar.port(), jar::output, jar::close);
    }

    /** The WAR as ROOT of a container that has no limits of its own below ours. */
    static Kind war(Containers container) {
        return configuration -> {
            Container running =
                    container.deploy().configuration(configuration).roomy().start();
            return of(running.port(), running::log, running::close);
        };
    }

    /** Apache httpd. */
    static ProxyUnderTest httpd(String configuration) {
        Httpd httpd = Httpd.start(configuration);
        return of(httpd.port(), httpd::log, httpd::close);
    }

    private static ProxyUnderTest of(int port, java.util.function.Supplier<String> log, Runnable end) {
        return new ProxyUnderTest() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public String log() {
                return log.get();
            }

            @Override
            public void close() {
                end.run();
            }
        };
    }
}
