package org.fairlead.spring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fairlead.api.Fairlead;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The proxies of an application, as its properties describe them.
 *
 * @param all empty where no property begins with {@code fairlead}
 */
record EmbeddedProxies(List<EmbeddedProxy> all) {
    private static final String ROOT = "fairlead";

    EmbeddedProxies {
        all = List.copyOf(all);
    }

    /**
     * One proxy.
     *
     * @param name below {@code fairlead.proxies}, or {@code fairlead} for the only one
     * @param mappings URL patterns of its servlet
     */
    record EmbeddedProxy(String name, Fairlead fairlead, List<String> mappings) {
        String servletName() {
            return name.equals(ROOT) ? ROOT : ROOT + "-" + name;
        }
    }

    /**
     * Reads them.
     *
     * @throws org.fairlead.api.InvalidConfigurationException with every problem, each with its property and its place
     */
    static EmbeddedProxies of(ConfigurableEnvironment environment) {
        PropertyTree root = PropertyTree.of(environment, ROOT);
        root.take("enabled");
        List<EmbeddedProxy> proxies = new ArrayList<>();
        for (PropertyTree named : root.takeChildren("proxies")) {
            proxies.add(proxy(named));
        }
        List<String> mappings = root.takeList("mapping");
        if (!root.isEmpty()) {
            proxies.add(proxy(root, mappings));
        }
        return new EmbeddedProxies(proxies);
    }

    /** How many members take requests that have no session yet: a draining one does not. */
    static long usable(BalancerSnapshot balancer) {
        return balancer.members().stream()
                .filter(member ->
                        member.status().isUsable() && !member.orders().flags().contains(StatusFlag.DRAIN))
                .count();
    }

    private static EmbeddedProxy proxy(PropertyTree tree) {
        return proxy(tree, tree.takeList("mapping"));
    }

    private static EmbeddedProxy proxy(PropertyTree tree, List<String> mappings) {
        return new EmbeddedProxy(tree.name(), fairlead(tree), mappings.isEmpty() ? List.of("/*") : mappings);
    }

    private static Fairlead fairlead(PropertyTree tree) {
        if (tree.hasOnly("config")) {
            return Fairlead.file(Path.of(tree.take("config").orElseThrow()));
        }
        if (tree.hasOnly("httpd")) {
            return Fairlead.httpd(tree.take("httpd").orElseThrow());
        }
        PropertyTree.Text text = tree.json();
        return Fairlead.json(text.json(), text::place);
    }
}
