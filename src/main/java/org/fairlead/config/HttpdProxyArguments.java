package org.fairlead.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** The arguments of mod_proxy's directives: URLs, flags and {@code key=value} parameters. Stateless. */
final class HttpdProxyArguments {
    private static final Set<String> FLAGS = Set.of("nocanon", "interpolate", "noquery");
    /** The tree's own names beside parameters: a parameter of such a name would say something else. */
    private static final Set<String> TAKEN =
            Set.of("path", "url", "regex", "balancer", "name", "nocanon", "interpolate", "noquery", "balancermember");

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private HttpdProxyArguments() {}

    /** ProxyPass and ProxyPassMatch: in a Location without a path. */
    static List<ImmutableNode> pass(HttpdCall call) {
        boolean located = call.place() == Directive.Place.LOCATION;
        HttpdNode node = call.node();
        if (!located) {
            String path = call.next();
            if (path.equals("~") && call.directive().shape() == Directive.Shape.PASS) {
                path = call.next();
                node.flag("regex", true);
            }
            node.with("path", path);
        }
        if (!call.hasNext()) {
            return call.refuse(located ? "needs a URL" : "needs a path and a URL");
        }
        String url = call.next();
        node.with("url", url);
        Map<String, String> parameters = new LinkedHashMap<>();
        while (call.hasNext()) {
            String word = call.next();
            String lower = word.toLowerCase(Locale.ROOT);
            if (FLAGS.contains(lower)) {
                parameters.put(lower, "true");
            } else if (word.indexOf('=') < 0 && located && url.startsWith("/")) {
                return call.refuse("stands in a <Location>, which is its path");
            } else {
                Optional<String> wrong = parameter(word, parameters);
                if (wrong.isPresent()) {
                    return call.refuse(wrong.get());
                }
            }
        }
        return List.of(node.with(parameters).build());
    }

    static List<ImmutableNode> reverse(HttpdCall call) {
        boolean located = call.place() == Directive.Place.LOCATION;
        HttpdNode node = call.node();
        if (!located) {
            node.with("path", call.next());
        }
        String url = call.next();
        if (url.isEmpty() || !located && url.equalsIgnoreCase("interpolate")) {
            return call.refuse(located ? "needs a URL" : "needs a path and a URL");
        }
        node.with("url", url);
        boolean first = true;
        for (; call.hasNext(); first = false) {
            String word = call.next();
            if (first && word.equalsIgnoreCase("interpolate")) {
                node.flag("interpolate", true);
            } else if (first && located && word.contains("://")) {
                return call.refuse("stands in a <Location>, which is its path");
            } else {
                call.tellUnused(word);
            }
        }
        return List.of(node.build());
    }

    static List<ImmutableNode> cookie(HttpdCall call) {
        String internal = call.next();
        String published = call.next();
        if (published.isEmpty()) {
            return call.refuse("takes two arguments");
        }
        return interpolated(call, call.node().with("internal", internal).with("public", published));
    }

    private static List<ImmutableNode> interpolated(HttpdCall call, HttpdNode node) {
        if (call.hasNext()) {
            String word = call.next();
            if (!word.equalsIgnoreCase("interpolate") || call.hasNext()) {
                return call.refuse("has too many arguments");
            }
            node.flag("interpolate", true);
        }
        return List.of(node.build());
    }

    /** BalancerMember: words without {@code =} are the balancer (outside a Proxy section) and the URL. */
    static List<ImmutableNode> member(HttpdCall call) {
        List<String> names = new ArrayList<>();
        Map<String, String> parameters = new LinkedHashMap<>();
        while (call.hasNext()) {
            String word = call.next();
            if (word.indexOf('=') < 0) {
                names.add(word);
                continue;
            }
            Optional<String> wrong = parameter(word, parameters);
            if (wrong.isPresent()) {
                return call.refuse(wrong.get());
            }
        }
        boolean inside = call.place() == Directive.Place.PROXY;
        int expected = inside ? 1 : 2;
        if (names.size() > expected) {
            return call.refuse("'" + Quoted.of(names.get(expected)) + "' is no key=value pair");
        }
        if (names.size() < expected) {
            return call.refuse(inside ? "needs the member's URL" : "needs the balancer and the member's URL");
        }
        HttpdNode node = call.node().with("url", names.get(expected - 1));
        if (!inside) {
            node.with("balancer", names.get(0));
        }
        return List.of(node.with(parameters).build());
    }

    /** ProxySet: in a Proxy section its parameters are the section's own. */
    static List<ImmutableNode> proxySet(HttpdCall call) {
        boolean inside = call.place() == Directive.Place.PROXY;
        String url = inside ? "" : call.next();
        if (!inside && (url.isEmpty() || KEY.matcher(url.split("=", 2)[0]).matches())) {
            return call.refuse("needs the URL of a balancer or member");
        }
        if (!call.hasNext()) {
            return call.refuse("needs a key=value pair");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Optional<String> wrong = parameters(call, parameters);
        if (wrong.isPresent()) {
            return call.refuse(wrong.get());
        }
        return inside
                ? leaves(call, parameters)
                : List.of(call.node().with("url", url).with(parameters).build());
    }

    static List<ImmutableNode> template(HttpdCall call) {
        String name = call.next();
        if (name.isEmpty() || name.indexOf('=') >= 0 || !call.hasNext()) {
            return call.refuse("needs a name and a key=value pair");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Optional<String> wrong = parameters(call, parameters);
        if (wrong.isPresent()) {
            return call.refuse(wrong.get());
        }
        return List.of(call.node().with("name", name).with(parameters).build());
    }

    /** {@code <Proxy url [key=value …]>}. */
    static List<ImmutableNode> section(HttpdCall call, boolean match) {
        String url = call.next();
        if (url.isEmpty()) {
            return call.refuse("needs a URL");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Optional<String> wrong = parameters(call, parameters);
        if (wrong.isPresent()) {
            return call.refuse(wrong.get());
        }
        List<ImmutableNode> nodes = new ArrayList<>();
        nodes.add(call.node("url").value(url).build());
        if (match) {
            nodes.add(call.node("regex").value("true").build());
        }
        nodes.addAll(leaves(call, parameters));
        return nodes;
    }

    private static List<ImmutableNode> leaves(HttpdCall call, Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(e -> call.node(e.getKey()).value(e.getValue()).build())
                .toList();
    }

    private static Optional<String> parameters(HttpdCall call, Map<String, String> parameters) {
        while (call.hasNext()) {
            Optional<String> wrong = parameter(call.next(), parameters);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    /** Takes one {@code key=value} in; the last of several with one key holds, as in httpd. Returns what is wrong. */
    private static Optional<String> parameter(String word, Map<String, String> parameters) {
        int equals = word.indexOf('=');
        String key = equals < 0 ? "" : word.substring(0, equals).toLowerCase(Locale.ROOT);
        if (!KEY.matcher(key).matches()) {
            return Optional.of("'" + Quoted.of(word) + "' is no key=value pair");
        }
        if (TAKEN.contains(key)) {
            return Optional.of("'" + key + "' is no parameter");
        }
        parameters.put(key, word.substring(equals + 1));
        return Optional.empty();
    }
}
