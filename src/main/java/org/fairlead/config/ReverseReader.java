package org.fairlead.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairlead.config.WorkerTable.BalancerUrl;
import org.fairlead.model.CookieConfig;
import org.fairlead.model.ReverseConfig;

/** Reads {@code ProxyPassReverse} and its two cousins for cookies. */
final class ReverseReader {
    private final Server server;
    private final Balancers balancers;
    private final Problems problems;

    ReverseReader(Server server, Balancers balancers, Problems problems) {
        this.server = server;
        this.balancers = balancers;
        this.problems = problems;
    }

    List<ReverseConfig> ofHost(Entry host) {
        return host.all("proxypassreverse").stream()
                .flatMap(line -> read(line, line.text("path")).stream())
                .toList();
    }

    List<ReverseConfig> ofLocation(Entry location) {
        return location.all("proxypassreverse").stream()
                .flatMap(line -> {
                    if (line.has("path")) {
                        problems.badValue(
                                line.source(),
                                line.spelling(),
                                Quoted.of(line.text("path")),
                                "no path inside <Location " + location.text("path") + ">, which has one");
                    }
                    return Matches.isOn(location, "regex")
                            ? tellUnused(line, "stands in <LocationMatch>, which has no path to lead back to")
                            : read(line, location.text("path")).stream();
                })
                .toList();
    }

    private Optional<ReverseConfig> read(Entry line, String path) {
        refuseInterpolation(line);
        String url = line.text("url");
        if (path.isEmpty() || url.isEmpty()) {
            problems.error(
                    line.source(), line.spelling() + " (expected: a path and a URL, such as / http://host:8000/)");
            return Optional.empty();
        }
        if (!(path.startsWith("/") || path.contains("://"))) {
            tellUnused(line, "names '" + Quoted.of(path) + "', which is no path, so that nothing leads back to it");
            return Optional.empty();
        }
        if (!(url.startsWith("/") || url.matches("[A-Za-z][A-Za-z0-9+.-]*://[^/]+.*|unix:/.*\\|.*"))) {
            tellUnused(line, "names '" + Quoted.of(url) + "', which is no URL, so that no field begins with it");
            return Optional.empty();
        }
        return Optional.of(new ReverseConfig(path, named(line, url), line.source()));
    }

    /** Tells that a line matches no field of any response. Returns what it adds: nothing. */
    private Stream<ReverseConfig> tellUnused(Entry line, String reason) {
        problems.noEffect(line.source(), line.spelling() + " does nothing, nor does it in httpd: it " + reason);
        return Stream.empty();
    }

    /** A balancer that has another name here than in the lines, because a virtual host shares the word. */
    private String named(Entry line, String url) {
        Optional<BalancerUrl> balancer = BalancerUrl.of(url);
        if (balancer.isEmpty()) {
            return url;
        }
        Optional<BalancerDraft> draft = server.workers()
                .find(balancer.get().name())
                .filter(BalancerDraft::isDeclared)
                .or(() -> server.workers()
                        .find(balancer.get().name())
                        .filter(d -> server.main().isPresent()))
                .or(() -> server.main()
                        .flatMap(main -> main.workers().find(balancer.get().name())));
        if (draft.isEmpty()) {
            problems.noEffect(
                    line.source(),
                    line.spelling() + " '" + Quoted.of(url) + "' does nothing: there is no such balancer");
            return url;
        }
        return "balancer://" + balancers.name(draft.get()) + balancer.get().path();
    }

    List<CookieConfig> cookies(Entry scope, String directive) {
        return scope.all(directive).stream()
                .filter(line -> {
                    refuseInterpolation(line);
                    boolean complete = !line.text("internal").isEmpty()
                            && !line.text("public").isEmpty();
                    if (!complete) {
                        problems.error(line.source(), line.spelling() + " (expected: internal and public)");
                    }
                    return complete;
                })
                .map(line -> new CookieConfig(line.text("internal"), line.text("public"), line.source()))
                .toList();
    }

    private void refuseInterpolation(Entry line) {
        if (Matches.isOn(line, "interpolate")) {
            problems.error(
                    line.source(),
                    line.spelling() + " with interpolate (expected: none; variables are replaced when the configuration"
                            + " is read, never for each request)");
        }
    }
}
