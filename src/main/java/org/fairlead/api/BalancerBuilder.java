package org.fairlead.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A balancer made in code, with the words of {@code <Proxy balancer://NAME>} and {@code ProxySet}. Values are checked by
 * {@link #at}. Not thread-safe.
 */
public final class BalancerBuilder {
    private final String name;
    private final Parameters parameters = new Parameters();
    private final List<String> members = new ArrayList<>();

    BalancerBuilder(String name) {
        this.name = name;
        parameters.add("url", "balancer://" + name);
    }

    /** Adds a member with the defaults of {@code BalancerMember}. */
    public BalancerBuilder member(String url) {
        return member(url, member -> member);
    }

    /** Adds a member with parameters of its own. */
    public BalancerBuilder member(String url, UnaryOperator<MemberBuilder> settings) {
        members.add(settings.apply(new MemberBuilder(url)).json());
        return this;
    }

    /** Keeps sessions with their members by a cookie or path parameter: {@code stickysession}. */
    public BalancerBuilder sticky(String cookie) {
        return set("stickysession", cookie);
    }

    /** Chooses the method of balancing, such as {@code bybusyness}: {@code lbmethod}. */
    public BalancerBuilder lbmethod(String method) {
        return set("lbmethod", method);
    }

    /** Sets any other parameter of {@code ProxySet}. */
    public BalancerBuilder set(String parameter, String value) {
        parameters.add(parameter, value);
        return this;
    }

    /**
     * Makes the configuration: {@code ProxyPass} and {@code ProxyPassReverse} of a path to this balancer.
     *
     * @param path begins with a slash; as with {@code ProxyPass}, members get what comes behind it
     * @throws InvalidConfigurationException with every problem
     */
    public Fairlead at(String path) {
        Parameters balancer = parameters.copy();
        balancer.addJson("balancermember", "[" + String.join(", ", members) + "]");
        Parameters route = new Parameters();
        route.add("path", path);
        route.add("url", "balancer://" + name + (path.endsWith("/") ? "/" : ""));
        Parameters root = new Parameters();
        root.addJson("proxy", "[" + balancer.json() + "]");
        root.addJson("proxypass", "[" + route.json() + "]");
        root.addJson("proxypassreverse", "[" + route.json() + "]");
        return Fairlead.made(root.json(), "balancer " + name);
    }
}
