package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves how the launcher is watched, with a launcher that does nothing but print and listen. */
class FairleadJarFixtureTest {
    @Test
    void readsTheAddressesAndStopsByTerminating() {
        try (FairleadJar jar = FairleadJar.launch(command("two"))) {
            List<URI> listeners = jar.awaitListeners(2);
            assertThat(jar.uri()).isEqualTo(listeners.get(0));
            assertThat(listeners).hasSize(2).doesNotHaveDuplicates();
            assertThat(listeners)
                    .allSatisfy(
                            uri -> assertThat(Loopback.accepts(uri.getPort())).isTrue());
            assertThat(jar.isRunning()).isTrue();
            assertThat(jar.stop()).isEqualTo(143);
            assertThat(jar.isRunning()).isFalse();
            assertThat(jar.output()).contains("a word before");
        }
    }

    @Test
    void aLauncherThatEndsIsReportedWithItsWords() {
        assertThatThrownBy(() -> FairleadJar.launch(command("none")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a word before");
    }

    private static List<String> command(String argument) {
        return List.of(
                FairleadJar.java(), "-cp", "target/test-classes", FairleadJarFixtureTest.class.getName(), argument);
    }

    /** The launcher to watch: listens on two ports, or ends at once. */
    public static void main(String[] arguments) throws IOException {
        System.out.println("a word before");
        if (arguments[0].equals("none")) {
            return;
        }
        try (ServerSocket first = new ServerSocket(0, 1, Loopback.address());
                ServerSocket second = new ServerSocket(0, 1, Loopback.address())) {
            System.out.println("fairlead: listening on http://127.0.0.1:" + first.getLocalPort());
            System.out.println("fairlead: listening on http://127.0.0.1:" + second.getLocalPort());
            while (true) {
                first.accept().close();
            }
        }
    }
}
