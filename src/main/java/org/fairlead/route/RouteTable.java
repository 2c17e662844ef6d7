package org.fairlead.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Steps;
import org.fairlead.http.PathView;
import org.fairlead.http.PathView.Decoding;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.RouteConfig.Mapping;

/**
 * The routes of one host in the order in which they are tried. Those with {@code mapping=} come before all others, as
 * in httpd, and a section's own before those of the host; the first that matches wins. Immutable.
 */
final class RouteTable {
    private final List<Route> early = new ArrayList<>();
    private final List<Route> late = new ArrayList<>();
    private final SegmentIndex index;

    RouteTable(List<Route> routes) {
        for (Route route : routes) {
            (route.mapping() == Mapping.DEFAULT ? late : early).add(route);
        }
        index = new SegmentIndex(late.stream().map(Route::rule).toList());
    }

    /** Whether {@code mapping=servlet} is used, so that a path may be read without its parameters. */
    boolean readsServletPaths() {
        return early.stream().anyMatch(route -> route.mapping() == Mapping.SERVLET);
    }

    /** A route that matched, and the reading of the path that it matched. */
    record Found(Route route, PathView view) {}

    /** One way to match a request. */
    private interface Question {
        boolean isFor(Route route) throws EvaluationException;
    }

    /**
     * The route for a target; empty if there is none.
     *
     * @param normal the path as rules without {@code mapping=} see it
     * @param ofSection the route of the section that the path lies in
     * @throws EvaluationException if expressions take more work than is allowed
     */
    Optional<Found> find(RequestTarget target, PathView normal, Optional<Route> ofSection, Steps steps)
            throws EvaluationException {
        Views views = new Views(target, normal);
        Optional<Route> route = first(r -> r.matches(views.of(r.mapping()).text(), steps), normal.text(), ofSection);
        return route.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(route.get(), views.of(route.get().mapping())));
    }

    /**
     * The route for a path that was decoded in another reading.
     *
     * @throws EvaluationException if expressions take more work than is allowed
     */
    Optional<Route> findDecoded(String path, Optional<Route> ofSection, Steps steps) throws EvaluationException {
        return first(route -> route.matchesDecoded(path, steps), path, ofSection);
    }

    private Optional<Route> first(Question question, String path, Optional<Route> ofSection)
            throws EvaluationException {
        boolean sectionIsEarly = ofSection.isPresent() && ofSection.get().mapping() != Mapping.DEFAULT;
        if (sectionIsEarly && question.isFor(ofSection.get())) {
            return ofSection;
        }
        for (Route route : early) {
            if (question.isFor(route)) {
                return Optional.of(route);
            }
        }
        if (ofSection.isPresent() && !sectionIsEarly && question.isFor(ofSection.get())) {
            return ofSection;
        }
        for (int i : index.candidates(path)) {
            if (question.isFor(late.get(i))) {
                return Optional.of(late.get(i));
            }
        }
        return Optional.empty();
    }

    /** The readings of one target that rules match on, each made when the first rule needs it. */
    private static final class Views {
        private final RequestTarget target;
        private final PathView normal;
        private Optional<PathView> encoded = Optional.empty();
        private Optional<PathView> servlet = Optional.empty();

        Views(RequestTarget target, PathView normal) {
            this.target = target;
            this.normal = normal;
        }

        PathView of(Mapping mapping) {
            return switch (mapping) {
                case DEFAULT -> normal;
                case ENCODED -> {
                    if (encoded.isEmpty()) {
                        encoded = Optional.of(PathView.of(target.forwardPath(), Decoding.UNRESERVED, false));
                    }
                    yield encoded.get();
                }
                case SERVLET -> {
                    if (servlet.isEmpty()) {
                        servlet = Optional.of(PathView.of(target.forwardPath(), Decoding.UNRESERVED, true));
                    }
                    yield servlet.get();
                }
            };
        }
    }
}
