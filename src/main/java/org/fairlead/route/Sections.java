package org.fairlead.route;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.fairlead.model.HostConfig;
import org.fairlead.model.LocationConfig;

/**
 * The {@code <Proxy>} and {@code <Location>} sections of a host, merged in this order as requests ask for them: each
 * combination of sections that any request lies in is merged once and found again without allocating. Thread-safe.
 */
final class Sections {
    /** Clients choose the paths, so combinations beyond these (LocationMatch can make many) are not kept. */
    private static final int MAX_CACHED_PATHS = 4096;

    private final List<LocationConfig> locations;
    private final List<PathRule> rules;
    private final List<Optional<Route>> routes;
    private final List<UrlRule> urlRules;
    private final SegmentIndex index;
    private final AtomicInteger kept = new AtomicInteger();
    private final Node root;

    Sections(HostConfig host, List<Optional<Route>> routes) {
        this.locations = host.locations();
        this.rules = locations.stream().map(l -> PathRule.of(l.match())).toList();
        this.urlRules = host.proxySections().stream().map(UrlRule::of).toList();
        this.routes = routes;
        this.index = new SegmentIndex(rules);
        this.root = node(new Section(host.settings(), ResponseRewrite.of(host), Optional.empty()));
    }

    /** A combination of sections, and those that one further section makes of it: first Locations, then Proxies. */
    private record Node(Section section, AtomicReferenceArray<Node> next) {}

    private Node node(Section section) {
        return new Node(section, new AtomicReferenceArray<>(locations.size() + urlRules.size()));
    }

    /** What holds for a normalised path, {@code <Proxy>} sections aside. */
    Section at(String path) {
        return inLocations(root, path).section;
    }

    /**
     * What holds for a normalised path that is forwarded.
     *
     * @param url where to, without the query
     */
    Section at(String path, String url) {
        Node node = root;
        for (int i = 0; i < urlRules.size(); i++) {
            if (urlRules.get(i).matches(url)) {
                node = next(node, locations.size() + i);
            }
        }
        return inLocations(node, path).section;
    }

    private Node inLocations(Node start, String path) {
        Node node = start;
        if (!rules.isEmpty()) {
            for (int i : index.candidates(path)) {
                if (rules.get(i).matches(path)) {
                    node = next(node, i);
                }
            }
        }
        return node;
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
            if (rule instanceof PathRule.Prefix && rule.matches(path) != rule.matches(other)) {
                return false;
            }
        }
        return true;
    }
}
