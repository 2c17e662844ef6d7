package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.fairlead.model.PathMatch;
import org.fairlead.model.PathRedirects;
import org.fairlead.model.RedirectConfig;
import org.fairlead.model.RedirectConfig.From;
import org.fairlead.model.RouteConfig;
import org.fairlead.model.RouteConfig.RouteTarget;

/** Reads {@code Redirect} and {@code RedirectMatch}. */
final class RedirectReader {
    private final Problems problems;

    RedirectReader(Problems problems) {
        this.problems = problems;
    }

    /** The lines of a server, outside any section. */
    List<RedirectConfig> ofHost(Entry host) {
        return host.all("redirect").stream()
                .filter(line -> {
                    if (!line.has("path")) {
                        problems.error(
                                line.source(), "Redirect outside a section (expected: a path and a URL to lead to)");
                    }
                    return line.has("path");
                })
                .flatMap(line -> read(line).stream())
                .toList();
    }

    PathRedirects ofSection(Entry section, Optional<Boolean> relative) {
        Optional<RedirectConfig> whole = Optional.empty();
        List<RedirectConfig> rules = new ArrayList<>();
        for (Entry line : section.all("redirect")) {
            Optional<RedirectConfig> redirect = read(line);
            if (line.has("path")) {
                redirect.ifPresent(rules::add);
            } else {
                whole = redirect;
            }
        }
        return new PathRedirects(whole, rules, relative);
    }

    private Optional<RedirectConfig> read(Entry line) {
        OptionalInt status = status(line);
        String url = line.text("url");
        Optional<From> from = from(line);
        if (status.isEmpty() || from.isEmpty()) {
            return Optional.empty();
        }
        boolean leads = RedirectConfig.isRedirect(status.getAsInt());
        if (leads == url.isEmpty()) {
            problems.error(
                    line.source(),
                    line.spelling() + " " + status.getAsInt()
                            + (leads
                                    ? " (expected: a URL to lead to)"
                                    : " '" + Quoted.of(url) + "' (expected: no URL; this status leads nowhere)"));
            return Optional.empty();
        }
        boolean ok = !leads || isTarget(line, url, from.get());
        return ok
                ? Optional.of(new RedirectConfig(from.get(), status.getAsInt(), url, line.source()))
                : Optional.empty();
    }

    private boolean isTarget(Entry line, String url, From from) {
        if (url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            problems.badValue(line.source(), line.spelling(), Quoted.of(url), "a URL without control characters");
            return false;
        }
        if (from instanceof From.Section) {
            return Expressions.isTemplate(url, line, problems);
        }
        if (from instanceof From.Prefix && !url.startsWith("/") && !RedirectConfig.isUrl(url)) {
            problems.badValue(line.source(), line.spelling(), Quoted.of(url), "a URL, or a path of this server");
            return false;
        }
        return true;
    }

    private Optional<From> from(Entry line) {
        if (!line.has("path")) {
            return Optional.of(new From.Section());
        }
        String path = line.text("path");
        if (Matches.isOn(line, "regex")) {
            return Expressions.isPattern(path, false, line, problems)
                    ? Optional.of(new From.Expression(path))
                    : Optional.empty();
        }
        return Matches.prefix(path, line, problems).map(match -> new From.Prefix(((PathMatch.Prefix) match).path()));
    }

    private OptionalInt status(Entry line) {
        String word = line.text("status").strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "", "temp" -> OptionalInt.of(302);
            case "permanent" -> OptionalInt.of(301);
            case "seeother" -> OptionalInt.of(303);
            case "gone" -> OptionalInt.of(410);
            default -> {
                if (word.matches("[1-5]\\d\\d")) {
                    yield OptionalInt.of(Integer.parseInt(word));
                }
                problems.badValue(
                        line.source(),
                        line.spelling(),
                        Quoted.of(word),
                        "permanent, temp, seeother, gone, or a status from 100 to 599");
                yield OptionalInt.empty();
            }
        };
    }

    /**
     * Tells of a server's redirect that no request can reach, because a route takes all its paths first; httpd asks
     * mod_proxy before mod_alias too, and says nothing.
     *
     * @param routes in the order in which they are tried
     */
    void tellUnreachable(List<RedirectConfig> redirects, List<RouteConfig> routes) {
        for (RedirectConfig redirect : redirects) {
            String path = redirect.from() instanceof From.Prefix prefix ? prefix.path() : "/";
            covering(path, routes)
                    .ifPresent(route -> problems.noEffect(
                            redirect.source(),
                            "Redirect '" + Quoted.of(written(redirect)) + "' is never reached, as in httpd: ProxyPass "
                                    + route.match() + " (" + route.source()
                                    + ") takes its paths; put it into a <Location>, or ProxyPass " + path
                                    + " ! in front"));
        }
    }

    private static String written(RedirectConfig redirect) {
        if (redirect.from() instanceof From.Expression expression) {
            return expression.pattern();
        }
        return redirect.from() instanceof From.Prefix prefix ? prefix.path() : "";
    }

    /** The route that takes every path under {@code path}; empty where an exclusion in front leaves some of them. */
    private static Optional<RouteConfig> covering(String path, List<RouteConfig> routes) {
        for (RouteConfig route : routes) {
            boolean excludes = route.target() instanceof RouteTarget.Excluded;
            boolean covers = route.match() instanceof PathMatch.Prefix prefix && covers(prefix.path(), path);
            boolean touches =
                    !(route.match() instanceof PathMatch.Prefix prefix) || covers || covers(path, prefix.path());
            if (excludes && touches) {
                return Optional.empty();
            }
            if (!excludes && covers) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    private static boolean covers(String prefix, String path) {
        return path.startsWith(prefix)
                && (prefix.endsWith("/") || path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
}
