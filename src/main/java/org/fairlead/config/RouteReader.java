package org.fairlead.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fairlead.config.WorkerTable.BalancerUrl;
import org.fairlead.model.PathMatch;
import org.fairlead.model.RouteConfig.Mapping;

/** Reads {@code ProxyPass} and {@code ProxyPassMatch}, and has the table of workers make what they lead to. */
final class RouteReader {
    private final WorkerTable workers;
    private final Problems problems;

    RouteReader(WorkerTable workers, Problems problems) {
        this.workers = workers;
        this.problems = problems;
    }

    /** Reads a line of a server, whose path it names itself. */
    Optional<RouteDraft> ofHost(Entry pass) {
        boolean expression = isExpression(pass);
        String path = pass.text("path");
        Optional<PathMatch> match =
                expression ? Matches.regex(path, pass, problems) : Matches.prefix(path, pass, problems);
        return read(pass, match, path);
    }

    /** Reads the line of a {@code <Location>} and uses its path; {@code ProxyPassMatch} takes it as a pattern. */
    Optional<RouteDraft> ofLocation(Entry location) {
        List<Entry> lines = location.entries().stream()
                .filter(e -> e.name().equals("proxypass") || e.name().equals("proxypassmatch"))
                .toList();
        lines.stream()
                .filter(e -> e.has("path"))
                .forEach(e -> problems.badValue(
                        e.source(),
                        e.spelling(),
                        Quoted.of(e.text("path")),
                        "no path inside <Location " + location.text("path") + ">, which has one"));
        Optional<PathMatch> match = lines.isEmpty() ? Optional.empty() : Matches.location(location, problems);
        Optional<RouteDraft> last = Optional.empty();
        for (Entry line : lines) {
            boolean expression = isExpression(line)
                    && match.filter(PathMatch.Prefix.class::isInstance).isPresent();
            last = read(
                    line,
                    expression ? Matches.regex(location.text("path"), line, problems) : match,
                    location.text("path"));
        }
        return last;
    }

    private static boolean isExpression(Entry pass) {
        return pass.name().equals("proxypassmatch") || Matches.isOn(pass, "regex");
    }

    private Optional<RouteDraft> read(Entry pass, Optional<PathMatch> match, String path) {
        if (Matches.isOn(pass, "interpolate")) {
            problems.error(
                    pass.source(),
                    pass.spelling() + " with interpolate (expected: none; variables are replaced when the configuration"
                            + " is read, ${env:NAME}, never for each request)");
        }
        Mapping mapping = mapping(pass);
        String url = pass.text("url");
        if (url.equals("!")) {
            return match.map(m -> new RouteDraft(m, Optional.empty(), "", mapping, pass.source()));
        }
        boolean expression = match.filter(PathMatch.Regex.class::isInstance).isPresent() || isExpression(pass);
        Optional<RouteDraft> route = BalancerUrl.of(url)
                .map(balancer -> toBalancer(pass, match, mapping, balancer))
                .orElseGet(() -> toMember(pass, match, mapping, expression));
        if (!expression && match.isPresent()) {
            checkSlashes(pass, path, url);
        }
        return route;
    }

    private Optional<RouteDraft> toBalancer(Entry pass, Optional<PathMatch> match, Mapping mapping, BalancerUrl url) {
        if (!url.name().matches("[a-z0-9._~-]{1,95}")) {
            problems.badValue(pass.source(), pass.spelling(), Quoted.of(pass.text("url")), "balancer://NAME/");
            return Optional.empty();
        }
        if (url.path().indexOf('?') >= 0 || url.path().indexOf('#') >= 0) {
            problems.badValue(
                    pass.source(),
                    pass.spelling(),
                    Quoted.of(pass.text("url")),
                    "no query; the request's own is added");
            return Optional.empty();
        }
        BalancerDraft draft = workers.route(pass, url);
        return match.map(m -> new RouteDraft(m, Optional.of(draft), url.path(), mapping, pass.source()));
    }

    private Optional<RouteDraft> toMember(Entry pass, Optional<PathMatch> match, Mapping mapping, boolean expression) {
        if (!pass.has("url")) {
            problems.badValue(pass.source(), pass.spelling(), Quoted.of(pass.text("path")), "a path and a URL");
            return Optional.empty();
        }
        Optional<MemberUrl> url = workers.parse(pass.last("url").orElseThrow(), expression);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        BalancerDraft draft = workers.route(pass, url.get(), expression);
        String base = draft.members().get(0).url().basePath();
        String path = url.get().path().substring(base.length());
        return match.map(m -> new RouteDraft(m, Optional.of(draft), path, mapping, pass.source()));
    }

    private Mapping mapping(Entry pass) {
        Optional<Entry> entry = pass.last("mapping");
        return switch (entry.map(e -> e.value().toLowerCase(Locale.ROOT)).orElse("")) {
            case "" -> Mapping.DEFAULT;
            case "encoded" -> Mapping.ENCODED;
            case "servlet" -> Mapping.SERVLET;
            default -> {
                entry.ifPresent(e -> Values.bad(problems, e, "encoded or servlet"));
                yield Mapping.DEFAULT;
            }
        };
    }

    /**
     * What is behind the path is put behind the URL as it is, so {@code /foo/} to {@code http://b} would ask for
     * {@code http://bbar}. httpd lets that start and fails each request. {@code /foo} to {@code http://b/} has one
     * meaning only.
     */
    private void checkSlashes(Entry pass, String path, String url) {
        if (path.endsWith("/") == url.endsWith("/") || path.isEmpty() || url.isEmpty()) {
            return;
        }
        if (url.endsWith("/")) {
            problems.difference(
                    pass.source(),
                    pass.spelling() + " '" + Quoted.of(path) + "' '" + Quoted.of(url)
                            + "': one slash is sent where path and URL meet, where httpd sends two");
            return;
        }
        String bare = url;
        String fixes = "'" + slashed(path) + "' '" + bare + "/'";
        String without = path.replaceFirst("/+$", "");
        if (!without.isEmpty()) {
            fixes += " or '" + without + "' '" + bare + "'";
        }
        problems.error(
                pass.source(),
                pass.spelling() + " '" + Quoted.of(path) + "' '" + Quoted.of(url)
                        + "' (expected: both with or both without a slash at the end: " + fixes + ")");
    }

    private static String slashed(String path) {
        return path.endsWith("/") ? path : path + "/";
    }
}
