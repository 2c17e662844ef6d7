package org.fairlead.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fairlead.model.PathMatch;

/** Reports routes that no request reaches, because one before them takes all their paths, as in httpd. */
final class HiddenRoutes {
    /** Expressions that every path matches. */
    private static final Set<String> EVERYTHING = Set.of(
            "^", "/", "^/", "^/.*", "^/.*$", "^/(.*)", "^/(.*)$", ".*", "^.*$", "(.*)", "^(.*)$", "^(/.*)$", "(/.*)");

    private HiddenRoutes() {}

    /** @param routes of one server's {@code ProxyPass} lines, in the order in which they are tried */
    static void tell(List<RouteDraft> routes, Problems problems) {
        for (int i = 1; i < routes.size(); i++) {
            RouteDraft route = routes.get(i);
            hiding(route, routes.subList(0, i))
                    .ifPresent(before -> problems.noEffect(
                            route.source(),
                            name(route) + " " + Quoted.of(route.match().toString()) + " is never reached, as in httpd: "
                                    + name(before) + " "
                                    + Quoted.of(before.match().toString()) + " ("
                                    + before.source()
                                    + ") takes its paths; put it in front of that line, or remove it"));
        }
    }

    private static String name(RouteDraft route) {
        return route.match() instanceof PathMatch.Prefix ? "ProxyPass" : "ProxyPassMatch";
    }

    private static Optional<RouteDraft> hiding(RouteDraft route, List<RouteDraft> before) {
        return before.stream()
                .filter(b -> b.mapping() == route.mapping())
                .filter(b -> covers(b.match(), route.match()))
                .findFirst();
    }

    private static boolean covers(PathMatch outer, PathMatch inner) {
        if (outer instanceof PathMatch.Regex regex) {
            return EVERYTHING.contains(regex.pattern()) || regex.equals(inner);
        }
        String prefix = ((PathMatch.Prefix) outer).path();
        if (prefix.equals("/")) {
            return true;
        }
        return inner instanceof PathMatch.Prefix other
                && (other.path().equals(prefix)
                        || other.path().startsWith(prefix.endsWith("/") ? prefix : prefix + "/"));
    }
}
