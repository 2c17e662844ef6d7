package org.fairlead.config;

import java.util.List;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.RouteConfig;
import org.fairlead.model.RouteConfig.RouteTarget.Forward;

/** Short ways for tests to read a text and to look at what became of it. */
final class Configs {
    private Configs() {}

    static LoadedConfig conf(String... lines) {
        return read("conf", lines);
    }

    static LoadedConfig read(String format, String... lines) {
        try {
            return new ConfigLoader().load(String.join("\n", lines) + "\n", format, "test." + format);
        } catch (ConfigException refused) {
            throw new AssertionError(refused.getMessage(), refused);
        }
    }

    static BalancerConfig balancer(LoadedConfig loaded, String name) {
        return loaded.config().balancers().get(name);
    }

    /** The only member of the only balancer. */
    static MemberConfig member(LoadedConfig loaded) {
        return loaded.config().balancers().values().iterator().next().members().get(0);
    }

    /** A member of a balancer with these parameters. */
    static MemberConfig member(String parameters) {
        return member(conf("<Proxy balancer://x>", "BalancerMember http://a:8000 " + parameters, "</Proxy>"));
    }

    /** A balancer of one member, with these lines in its section. */
    static BalancerConfig balancerOf(String... lines) {
        return balancer(
                conf("<Proxy balancer://x>", "BalancerMember http://a:8000", String.join("\n", lines), "</Proxy>"),
                "x");
    }

    static List<String> routes(List<RouteConfig> routes) {
        return routes.stream()
                .map(r -> r.match() + " -> "
                        + (r.target() instanceof Forward forward ? forward.balancer() + " + " + forward.path() : "!"))
                .toList();
    }

    static List<String> notices(LoadedConfig loaded) {
        return loaded.notices().stream().map(Problem::toString).toList();
    }
}
