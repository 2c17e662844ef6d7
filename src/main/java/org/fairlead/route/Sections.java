package org.fairlead.route;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.fairlead.model.HostConfig;
import org.fairlead.model.LocationConfig;

/**
 * The {@code <Location>} sections of a host, merged as requests ask for them: each combination of sections that any
 * path lies in is merged once and found again without allocating. Thread-safe.
 */
final class Sections {
    /** Clients choose the paths, so combinations beyond these (LocationMatch can make many) are not kept. */
    private static final int MAX_KEPT = 4096;

    private final List<LocationConfig> locations;
    private final List<PathRule> rules;
    private final List<Optional<Route>> routes;
    private final SegmentIndex index;
    private final AtomicInteger kept = new AtomicInteger();
    private final Node root;

    Sections(HostConfig host, List<Optional<Route>> routes) {
        this.locations = host.locations();
        this.rules = locations.stream().map(l -> PathRule.of(l.match())).toList();
        this.routes = routes;
        this.index = new SegmentIndex(rules);
        this.root = new Node(
                new Section(host.settings(), ResponseRewrite.of(host), Optional.empty()),
                new AtomicReferenceArray<>(locations.size()));
    }

    /** A combination of sections, and those that one further section makes of it. */
    private record Node(Section section, AtomicReferenceArray<Node> next) {}

    /** What holds for a normalised path. */
    Section at(String path) {
        Node node = root;
        if (!rules.isEmpty()) {
            for (int i : index.candidates(path)) {
                if (rules.get(i).matches(path)) {
                    node = next(node, i);
                }
            }
        }
        return node.section;
    }

    private Node next(Node node, int i) {
        Node known = node.next.get(i);
        if (known != null) {
            return known;
        }
        LocationConfig location = locations.get(i);
        Node made = new Node(
                new Section(
                        node.section.settings().merge(location.settings()),
                        node.section.reverse().with(location),
                        routes.get(i).or(node.section::route)),
                new AtomicReferenceArray<>(locations.size()));
        if (kept.get() < MAX_KEPT && node.next.compareAndSet(i, null, made)) {
            kept.incrementAndGet();
        }
        return made;
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
