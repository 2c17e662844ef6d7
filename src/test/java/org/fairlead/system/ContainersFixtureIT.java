package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;

/** Proves that a test may say how the WAR is deployed into a container, and that it ends with its test. */
class ContainersFixtureIT {
    @ParameterizedTest
    @EveryBuildsContainer
    void aContextNameIsThePathAndTheRestIsTheContainers(Containers container) throws Exception {
        try (Container running = container.deploy().as("app").start()) {
            String request = " HTTP/1.1\r\nHost: h\r\n\r\n";
            assertThat(RawClient.exchange(running.port(), "GET /app/a" + request)
                            .status())
                    .as(running.log())
                    .isEqualTo(503);
            assertThat(RawClient.exchange(running.port(), "GET /other" + request)
                            .status())
                    .isEqualTo(404);
            int exitCode = running.stop();
            assertThat(exitCode).isIn(0, 143);
            assertThat(Loopback.accepts(running.port())).isFalse();
        }
    }
}
