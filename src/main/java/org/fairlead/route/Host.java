package org.fairlead.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.exchange.Environment;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.expression.Steps;
import org.fairlead.expression.Variables;
import org.fairlead.http.PathView;
import org.fairlead.http.PathView.Decoding;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.AccessConfig;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.HostConfig;
import org.fairlead.model.HostConfig.EncodedSlashes;
import org.fairlead.model.LocationConfig;
import org.fairlead.model.OwnName;
import org.fairlead.model.RouteConfig;
import org.fairlead.model.RouteConfig.Mapping;
import org.fairlead.model.RouteConfig.RouteTarget;
import org.fairlead.model.Settings;
import org.fairlead.route.RouteTable.Found;

/** The live form of a {@link HostConfig}: its routes, sections and settings. Thread-safe. */
public final class Host {
    private final HostConfig config;
    private final String name;
    private final RouteTable routes;
    private final Sections sections;
    private final boolean servletPaths;
    private final IfSections choices = new IfSections();
    private final AmbiguousPaths otherReadings;
    private final ForwardUrls urls;
    private final boolean restrictsByPath;

    private final PseudonymCache pseudonyms = new PseudonymCache();

    /**
     * @param name the host's own name; empty = not configured
     * @param balancers where its routes may lead
     */
    Host(HostConfig config, String name, Map<String, BalancerConfig> balancers) {
        this.config = config;
        this.name = name;
        Predicate<String> isLone =
                key -> balancers.containsKey(key) && balancers.get(key).standalone();
        this.routes = new RouteTable(
                config.routes().stream().map(r -> route(r, isLone)).toList());
        List<Optional<Route>> ofSections = new ArrayList<>();
        for (LocationConfig location : config.locations()) {
            ofSections.add(location.route().map(r -> route(r, isLone)));
        }
        this.sections = new Sections(config, ofSections);
        this.servletPaths = routes.readsServletPaths();
        this.urls = new ForwardUrls(config, balancers);
        this.otherReadings = new AmbiguousPaths(config, sections, urls);
        this.restrictsByPath = PathRestrictions.of(config);
    }

    private static Route route(RouteConfig config, Predicate<String> isLone) {
        boolean lone = config.target() instanceof RouteTarget.Forward forward && isLone.test(forward.balancer());
        return new Route(config, lone);
    }

    public HostConfig config() {
        return config;
    }

    /** {@code ServerName}, or the main server's where this host has none; empty where neither has. */
    public String name() {
        return name;
    }

    /** Its identity in the URLs and variables that it makes. */
    public ServerIdentity identity(OwnName rules) {
        return new ServerIdentity(name, config.serverPort(), rules);
    }

    /** Its pseudonym in {@code Via}, towards the peers of the connection. */
    public Pseudonym pseudonym(ClientConnection client) {
        return pseudonyms.of(config, name, client);
    }

    /** The merged settings of the host and its sections for a target; no allocation in the usual case. */
    public Settings settings(RequestTarget target) {
        return section(target).settings();
    }

    /**
     * Settings of a target with their {@code <If>} sections decided for one request; one object for all requests that
     * are decided alike.
     *
     * @param trace gets a line for each branch that is taken
     * @throws RefusedException 500 if a condition cannot be decided, since neither side would be safe
     */
    public Settings decided(Settings settings, Variables variables, DecisionTrace trace) throws RefusedException {
        return choices.decide(settings, variables, trace);
    }

    /**
     * Refuses a request if it cannot be told which sections it lies in, since neither side would be safe.
     *
     * @param settings what {@link #settings(RequestTarget)} said
     * @throws RefusedException 500 then
     */
    public void refuseUndecided(Settings settings) throws RefusedException {
        if (settings == sections.undecided().settings()) {
            throw new RefusedException(500, "patterns of sections take too many steps on this path");
        }
    }

    /** Sets the variables of named groups in the expressions of sections that a target lies in ({@code MATCH_NAME}). */
    public void nameGroups(RequestTarget target, Environment environment) {
        if (sections.haveNames()) {
            sections.nameGroups(sectionPath(target, view(target)), environment);
        }
    }

    /** The same for the {@code <ProxyMatch>} sections of where it is forwarded to. */
    public void nameGroups(Match.Forward forward, Environment environment) {
        sections.nameGroupsOfUrl(urls.of(forward), environment);
    }

    /** Whether {@code <Proxy>} sections say anything, so that it matters for a target's settings where it goes. */
    public boolean hasProxySettings() {
        return !urls.knowNone();
    }

    /** The same for a target that is forwarded, with what {@code <Proxy>} sections say of where to. */
    public Settings settings(RequestTarget target, Match.Forward forward) {
        return sections.at(sectionPath(target, view(target)), urls.of(forward)).settings();
    }

    /**
     * The access rules of other readings of the target: they must let the client in too, if the request may go on.
     * Empty for nearly every target.
     *
     * @param match the result of {@link #match} for it
     * @throws RefusedException 400 for a target that hides a dot segment, or can be read in too many ways
     */
    public Collection<AccessConfig> otherAccess(RequestTarget target, Match match) throws RefusedException {
        return otherReadings.access(target, match);
    }

    /** The rewriting of responses for this target: the host's rules, then those of the sections that it lies in. */
    public ResponseRewrite reverse(RequestTarget target) {
        return section(target).reverse();
    }

    /** Traces which {@code <Location>} sections a target lies in. */
    public void explain(RequestTarget target, DecisionTrace trace) {
        sections.tellLocations(sectionPath(target, view(target)), trace);
    }

    /** Traces which {@code <Proxy>} sections a forwarded target lies in. */
    public void explain(Match.Forward forward, DecisionTrace trace) {
        sections.tellProxies(urls.of(forward), trace);
    }

    private Section section(RequestTarget target) {
        return sections.at(sectionPath(target, view(target)));
    }

    /** The path that sections are found by: without its parameters where a servlet mapping takes the request. */
    private String sectionPath(RequestTarget target, PathView normal) {
        if (!servletPaths || target.path().indexOf(';') < 0) {
            return normal.text();
        }
        try {
            return routes.find(target, normal, sections.at(normal.text()).route(), Steps.ofOneLook())
                    .filter(found -> found.route().mapping() == Mapping.SERVLET)
                    .map(found -> PathView.of(target.forwardPath(), Decoding.ALL_BUT_SLASH, true)
                            .text())
                    .orElse(normal.text());
        } catch (EvaluationException e) {
            // Its route refuses the request.
            return normal.text();
        }
    }

    /**
     * Finds the match of a target.
     *
     * @throws RefusedException 404 for an encoded slash where {@code AllowEncodedSlashes} is off. 400 for a path that a
     *     member could read as one of another route or another section, or that leads out of the route's prefix. 500 if
     *     expressions take more work than is allowed
     */
    public Match match(RequestTarget target) throws RefusedException {
        return match(target, DecisionTrace.NONE);
    }

    /** The same, with a trace line for the route that takes the target. */
    public Match match(RequestTarget target, DecisionTrace trace) throws RefusedException {
        if (target.hasEncodedSlash() && config.encodedSlashes() == EncodedSlashes.OFF) {
            throw new RefusedException(404, "path holds %2F and AllowEncodedSlashes is Off");
        }
        try {
            return match(target, view(target), trace);
        } catch (EvaluationException e) {
            throw Undecided.refusal(config.source(), e);
        }
    }

    private Match match(RequestTarget target, PathView normal, DecisionTrace trace)
            throws RefusedException, EvaluationException {
        Section section = sections.at(normal.text());
        Optional<Found> found = routes.find(target, normal, section.route(), Steps.ofOneLook());
        if (found.isEmpty()) {
            return Match.UNMATCHED;
        }
        Route route = found.get().route();
        if (route.excludes()) {
            route.tell(target, " ! keeps it from the members", trace);
            return Match.EXCLUDED;
        }
        if (target.isAmbiguous()) {
            refuseOtherReadings(target, sectionPath(target, normal), route);
        }
        if (LooseSegments.occurIn(normal.text())) {
            refuseUnlessSame(sectionPath(target, normal), LooseSegments.strip(normal.text()), route, Steps.ofOneLook());
        }
        Match.Forward forward = route.forward(target, found.get().view(), Steps.ofOneLook());
        route.tell(target, forward, trace);
        return forward;
    }

    /**
     * Refuses a path in which a member may see dot segments, where no route's prefix limits the member's reading.
     *
     * @throws RefusedException 400 for such a path
     */
    public void refuseHiddenDots(RequestTarget target) throws RefusedException {
        if (target.isAmbiguous()) {
            LenientReading.all(target, config.encodedSlashes() == EncodedSlashes.ON);
        }
    }

    private PathView view(RequestTarget target) {
        return target.hasEncodedSlash() && config.encodedSlashes() == EncodedSlashes.ON
                ? PathView.of(target.forwardPath(), Decoding.ALL, false)
                : target.normalView();
    }

    private void refuseOtherReadings(RequestTarget target, String path, Route route)
            throws RefusedException, EvaluationException {
        Steps steps = Steps.ofOneLook();
        for (String reading : LenientReading.all(target, config.encodedSlashes() == EncodedSlashes.ON)) {
            // The operator declared its member a servlet container, and none of those keeps parameters.
            String read = route.mapping() == Mapping.SERVLET
                    ? LenientReading.mergeSlashes(LenientReading.withoutParameters(reading))
                    : reading;
            refuseUnlessSame(path, read, route, steps);
        }
    }

    private void refuseUnlessSame(String path, String read, Route route, Steps steps)
            throws RefusedException, EvaluationException {
        Section section = sections.at(read);
        refuseUndecided(section.settings());
        boolean same = routes.findDecoded(read, section.route(), steps)
                .filter(r -> r == route)
                .isPresent();
        if (!same || !sections.agree(path, read)) {
            throw new RefusedException(400, "path can be read as one of another route or section");
        }
    }

    /** Whether {@link #otherTargets} may have any for this target. */
    public boolean reads(RequestTarget target) {
        return restrictsByPath && (target.isAmbiguous() || LooseSegments.occurIn(target.normalPath()));
    }

    /**
     * The paths that a member, or the container, may see in a target where we see {@link RequestTarget#normalPath}, for
     * rules that read the path and keep requests out. Empty for nearly every target, and where no such rule is.
     *
     * @throws RefusedException 400 for a target that hides a dot segment, or can be read in too many ways
     */
    public Collection<RequestTarget> otherTargets(RequestTarget target) throws RefusedException {
        if (!reads(target)) {
            return List.of();
        }
        List<RequestTarget> others = new ArrayList<>();
        for (String path : otherReadings.others(target)) {
            others.add(RequestTarget.parse(LenientReading.encoded(path) + target.querySuffix()));
        }
        return others;
    }
}
