package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.RouteConfig.RouteTarget.Forward;
import org.junit.jupiter.api.Test;

class YamlReadingTest {
    static final String MYCLUSTER = """
            proxy:
              - url: balancer://mycluster
                balancermember: [http://localhost:8000, http://localhost:8001]
            proxypass:
              - path: /
                url: balancer://mycluster/
            proxypassreverse:
              - path: /
                url: balancer://mycluster/
            """;

    @Test
    void theSeedConfigurationIsOneBalancerOfTwoMembers() throws Exception {
        LoadedConfig loaded = new ConfigLoader().load(MYCLUSTER, "yaml", "mycluster.yaml");
        BalancerConfig balancer = loaded.config().balancers().get("mycluster");
        assertThat(balancer.members())
                .extracting(MemberConfig::name)
                .containsExactly("http://localhost:8000", "http://localhost:8001");
        assertThat(loaded.config().mainHost().routes())
                .singleElement()
                .satisfies(route -> assertThat(route.target()).isEqualTo(new Forward("mycluster", "/")));
        assertThat(loaded.config().mainHost().reverses())
                .singleElement()
                .satisfies(reverse -> assertThat(reverse.url()).isEqualTo("balancer://mycluster/"));
        assertThat(loaded.config().listeners())
                .singleElement()
                .satisfies(listener -> assertThat(listener.port()).isEqualTo(8080));
        assertThat(loaded.notices()).isEqualTo(List.of());
    }
}
