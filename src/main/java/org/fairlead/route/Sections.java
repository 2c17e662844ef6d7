package org.fairlead.route;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.exchange.Environment;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Occurrences;
import org.fairlead.expression.Regex;
import org.fairlead.expression.Steps;
import org.fairlead.model.HostConfig;
import org.fairlead.model.LocationConfig;
import org.fairlead.model.ProxySectionConfig;
import org.fairlead.model.Settings;
import org.fairlead.model.Source;

/**
 * The {@code <Proxy>} and {@code <Location>} sections of a host, merged in this order on demand. Each combination of
 * sections that any request lies in is merged once and found again without allocating. Thread-safe.
 */
final class Sections {
    /** Clients choose the paths, so combinations beyond these (LocationMatch can make many) are not kept. */
    private static final int MAX_CACHED_PATHS = 4096;

    private final List<LocationConfig> locations;
    private final List<PathRule> rules;
    private final List<Optional<Route>> routes;
    private final List<UrlRule> urlRules;
    private final List<Source> sources;
    private final SegmentIndex index;
    private final AtomicInteger kept = new AtomicInteger();
    private final Node root;
    private final Section undecided;
    private final int[] named;

    Sections(HostConfig host, List<Optional<Route>> routes) {
        this.locations = host.locations();
        this.rules = locations.stream().map(l -> PathRule.of(l.match())).toList();
        this.urlRules = host.proxySections().stream().map(UrlRule::of).toList();
        this.routes = routes;
        this.sources = Stream.concat(
                        locations.stream().map(LocationConfig::source),
                        host.proxySections().stream().map(ProxySectionConfig::source))
                .toList();
        this.index = new SegmentIndex(rules);
        this.root = node(new Section(host.settings(), ResponseRewrite.of(host), Optional.empty()));
        this.undecided =
                new Section(host.settings().merge(Settings.NONE.decided()), ResponseRewrite.of(host), Optional.empty());
        this.named = IntStream.range(0, rules.size())
                .filter(i -> rules.get(i) instanceof PathRule.Expression expression
                        && !expression.pattern().names().isEmpty())
                .toArray();
    }

    /** A combination of sections, and those that one further section makes of it: first Locations, then Proxies. */
    private record Node(Section section, AtomicReferenceArray<Node> next) {}

    private Node node(Section section) {
        return new Node(section, new AtomicReferenceArray<>(locations.size() + urlRules.size()));
    }

    /**
     * The placeholder for the sections of a path whose expressions take more work than is allowed. It has the host's
     * own settings, with which no request may go on. One object.
     */
    Section undecided() {
        return undecided;
    }

    /**
     * The section of a normalised path, without {@code <Proxy>} sections; {@link #undecided} where it is undecidable.
     */
    Section at(String path) {
        try {
            return inLocations(root, path, Steps.ofOneLook()).section;
        } catch (EvaluationException e) {
            return undecided;
        }
    }

    /**
     * The section of a normalised path that is forwarded; {@link #undecided} where that cannot be told.
     *
     * @param url the forwarding target, without the query
     */
    Section at(String path, String url) {
        try {
            Steps steps = Steps.ofOneLook();
            Node node = root;
            for (int i = 0; i < urlRules.size(); i++) {
                if (isIn(locations.size() + i, url, steps)) {
                    node = next(node, locations.size() + i);
                }
            }
            return inLocations(node, path, steps).section;
        } catch (EvaluationException e) {
            return undecided;
        }
    }

    private boolean isIn(int i, String path, Steps steps) throws EvaluationException {
        try {
            return i < locations.size()
                    ? rules.get(i).matches(path, steps)
                    : urlRules.get(i - locations.size()).matches(path, steps);
        } catch (EvaluationException e) {
            Undecided.tell(sources.get(i), e);
            throw e;
        }
    }

    /** Whether any path's section names groups. */
    boolean haveNames() {
        return named.length > 0;
    }

    /**
     * Sets a variable for each named group of a section's expression that the path lies in: {@code (?<site>…)} makes
     * {@code MATCH_SITE} ({@code <LocationMatch>}, httpd 2.4.8).
     */
    void nameGroups(String path, Environment environment) {
        for (int i : named) {
            if (rules.get(i) instanceof PathRule.Expression expression) {
                nameGroups(expression.pattern(), path, environment);
            }
        }
    }

    /** The same for the sections that a URL lies in ({@code <ProxyMatch>}). */
    void nameGroupsOfUrl(String url, Environment environment) {
        for (UrlRule rule : urlRules) {
            if (rule instanceof UrlRule.Expression expression) {
                nameGroups(expression.pattern(), url, environment);
            }
        }
    }

    private static void nameGroups(Regex pattern, String text, Environment environment) {
        if (pattern.names().isEmpty()) {
            return;
        }
        try {
            Occurrences found = pattern.occurrences(text, Steps.ofOneLook());
            if (found.next()) {
                pattern.names().forEach((name, group) -> {
                    if (found.start(group) >= 0) {
                        environment.set("MATCH_" + name.toUpperCase(Locale.ROOT), found.group(group));
                    }
                });
            }
        } catch (EvaluationException e) {
            // The section itself is undecided then, and refuses the request.
            return;
        }
    }

    private Node inLocations(Node start, String path, Steps steps) throws EvaluationException {
        Node node = start;
        if (!rules.isEmpty()) {
            for (int i : index.candidates(path)) {
                if (isIn(i, path, steps)) {
                    node = next(node, i);
                }
            }
        }
        return node;
    }

    /** Traces the sections that a normalised path lies in, in configuration order. */
    void tellLocations(String path, DecisionTrace trace) {
        for (int i : index.candidates(path)) {
            if (isSurelyIn(i, path)) {
                trace.say(sources.get(i), TraceWords.location(locations.get(i).match()) + " is for " + path);
            }
        }
    }

    /** Traces the {@code <Proxy>} sections that a URL lies in, in configuration order. */
    void tellProxies(String url, DecisionTrace trace) {
        for (int i = locations.size(); i < sources.size(); i++) {
            if (isSurelyIn(i, url)) {
                trace.say(sources.get(i), "<Proxy> section is for " + url);
            }
        }
    }

    private boolean isSurelyIn(int i, String path) {
        try {
            return isIn(i, path, Steps.ofOneLook());
        } catch (EvaluationException e) {
            // It is undecided, and the phase that needs it refuses the request.
            return false;
        }
    }

    private Node next(Node node, int i) {
        Node known = node.next.get(i);
        if (known != null) {
            return known;
        }
        Node made = node(i < locations.size() ? inLocation(node.section, i) : inProxy(node.section, i));
        if (kept.get() < MAX_CACHED_PATHS && node.next.compareAndSet(i, null, made)) {
            kept.incrementAndGet();
        }
        return made;
    }

    private Section inLocation(Section outer, int i) {
        LocationConfig location = locations.get(i);
        return new Section(
                outer.settings().merge(location.settings()),
                outer.reverse().with(location),
                routes.get(i).or(outer::route));
    }

    private Section inProxy(Section outer, int i) {
        UrlRule rule = urlRules.get(i - locations.size());
        return new Section(outer.settings().merge(rule.settings()), outer.reverse(), outer.route());
    }

    /** Whether two paths lie in the same sections, those by regular expression aside. */
    boolean agree(String path, String other) {
        return agree(index.candidates(path), path, other) && agree(index.candidates(other), path, other);
    }

    private boolean agree(int[] candidates, String path, String other) {
        for (int i : candidates) {
            PathRule rule = rules.get(i);
            if (rule instanceof PathRule.Prefix prefix && prefix.matches(path) != prefix.matches(other)) {
                return false;
            }
        }
        return true;
    }
}
