package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpdConfigurationTest {
    @Test
    void readsTheSeedConfiguration() throws IOException {
        try (InputStream in = HttpdConfiguration.class.getResourceAsStream("/org/fairlead/examples/mycluster.conf")) {
            HttpdTrees.Reading reading = HttpdTrees.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));

            assertThat(reading.told()).isEmpty();
            assertThat(reading.tree()).isEqualTo("""
                            proxy
                              url: balancer://mycluster
                              balancermember
                                url: http://localhost:8000
                              balancermember
                                url: http://localhost:8001
                            proxypass
                              path: /
                              url: balancer://mycluster/
                            proxypassreverse
                              path: /
                              url: balancer://mycluster/
                            """);
        }
    }
}
