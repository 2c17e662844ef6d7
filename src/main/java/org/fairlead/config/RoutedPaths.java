package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.fairlead.model.PathMatch;

/** The paths that the routes of a server take, as far as that is known without a request. */
final class RoutedPaths {
    private RoutedPaths() {}

    /** Whether the first route for a path leads to a member; rules count as routes for every path. */
    static boolean take(Server server, String path) {
        if (!server.routes().rewrites().isEmpty()) {
            return true;
        }
        String bare = path.replaceFirst("\\?.*", "");
        return routes(server).stream()
                .filter(route -> matches(route.match(), bare))
                .findFirst()
                .filter(route -> route.balancer().isPresent())
                .isPresent();
    }

    /** In the order in which they are tried: the last section first, then what is inherited, then the server's own. */
    private static List<RouteDraft> routes(Server server) {
        List<RouteDraft> routes = new ArrayList<>();
        Optional<Server> main = server.main().filter(m -> server.inheritsRoutes());
        List<Entry> sections = new ArrayList<>();
        main.ifPresent(m -> sections.addAll(m.entry().all("location")));
        sections.addAll(server.entry().all("location"));
        for (Entry section : sections) {
            server.routes()
                    .of(section)
                    .or(() -> main.flatMap(m -> m.routes().of(section)))
                    .ifPresent(route -> routes.add(0, route));
        }
        main.ifPresent(m -> routes.addAll(m.routes().ofHost()));
        routes.addAll(server.routes().ofHost());
        return routes;
    }

    private static boolean matches(PathMatch match, String path) {
        if (match instanceof PathMatch.Prefix prefix) {
            String start = prefix.path();
            return path.startsWith(start)
                    && (start.endsWith("/") || path.length() == start.length() || path.charAt(start.length()) == '/');
        }
        try {
            return Pattern.compile(((PathMatch.Regex) match).pattern())
                    .matcher(path)
                    .find();
        } catch (PatternSyntaxException unreadable) {
            // Told where it stands.
            return false;
        }
    }
}
