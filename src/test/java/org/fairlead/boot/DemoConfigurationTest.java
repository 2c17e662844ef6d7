package org.fairlead.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.model.Settings.Handler;
import org.junit.jupiter.api.Test;

class DemoConfigurationTest {
    @Test
    void theConsoleTheApiAndTheMetricsStandOnALoopbackPortOfTheirOwnBehindARequire() throws Exception {
        String text = DemoConfiguration.text(List.of("http://127.0.0.1:1", "http://127.0.0.1:2"), "127.0.0.1:0", 9180);

        LoadedConfig loaded = new ConfigLoader().load(text, "conf", "--demo");

        assertThat(loaded.config().balancers().get("fairlead").members()).hasSize(2);
        assertThat(loaded.config().virtualHosts()).hasSize(1);
        assertThat(loaded.config().virtualHosts().get(0).locations())
                .filteredOn(location -> location.settings().handler().isPresent())
                .allMatch(location -> location.settings().access().restricts())
                .extracting(location -> location.settings().handler().get())
                .containsExactlyInAnyOrder(Handler.CONSOLE, Handler.API, Handler.METRICS);
    }
}
