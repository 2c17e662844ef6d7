package org.fairlead.route;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.AccessConfig;
import org.fairlead.model.HostConfig;
import org.fairlead.model.HostConfig.EncodedSlashes;

/**
 * The ambiguous paths of a host: the access rules for other paths that a member, or the container for unforwarded
 * content, may read in a target. Where these require more than the rules of our own reading, a spelling would bypass
 * them. Thread-safe.
 */
final class AmbiguousPaths {
    private final Sections sections;
    private final ForwardUrls urls;
    private final boolean guarded;
    private final boolean slashIsDecoded;

    AmbiguousPaths(HostConfig host, Sections sections, ForwardUrls urls) {
        this.sections = sections;
        this.urls = urls;
        this.slashIsDecoded = host.encodedSlashes() == EncodedSlashes.ON;
        this.guarded = host.settings().access().asks()
                || host.locations().stream().anyMatch(l -> l.settings().access().asks())
                || host.proxySections().stream()
                        .anyMatch(p -> p.settings().access().asks());
    }

    Collection<AccessConfig> access(RequestTarget target, Match match) throws RefusedException {
        if (!guarded || !target.isAmbiguous() && !LooseSegments.occurIn(target.normalPath())) {
            return List.of();
        }
        Set<String> ends = new LinkedHashSet<>();
        if (match instanceof Match.Forward forward && !urls.knowNone()) {
            addUrls(forward, ends);
        }
        Set<AccessConfig> asked = new LinkedHashSet<>();
        for (String path : readings(target)) {
            if (ends.isEmpty()) {
                asked.add(access(sections.at(path)));
            }
            for (String url : ends) {
                asked.add(access(sections.at(path, url)));
            }
        }
        return asked;
    }

    private AccessConfig access(Section section) throws RefusedException {
        if (section == sections.undecided()) {
            throw new RefusedException(500, "patterns of sections take too many steps on this path");
        }
        return section.settings().access();
    }

    private void addUrls(Match.Forward forward, Set<String> found) throws RefusedException {
        found.add(urls.of(forward));
        if (urls.lookAtPaths(forward)) {
            String path = ForwardUrls.path(forward);
            boolean slash = path.startsWith("/");
            for (String reading : readings(RequestTarget.parse(slash ? path : "/" + path))) {
                found.add(urls.with(forward, slash ? reading : reading.substring(1)));
            }
        }
    }

    /**
     * The other paths that members or the container may read in a target, which path rules must be evaluated for too;
     * empty for nearly every target.
     *
     * @throws RefusedException 400 for a target that hides a dot segment, or can be read in too many ways
     */
    Set<String> others(RequestTarget target) throws RefusedException {
        if (!target.isAmbiguous() && !LooseSegments.occurIn(target.normalPath())) {
            return Set.of();
        }
        Set<String> readings = readings(target);
        readings.remove(target.normalPath());
        return readings;
    }

    private Set<String> readings(RequestTarget target) throws RefusedException {
        refuseMixedDots(target);
        Set<String> readings = new LinkedHashSet<>(LenientReading.all(target, slashIsDecoded));
        for (String reading : List.copyOf(readings)) {
            readings.add(LooseSegments.strip(reading));
        }
        return readings;
    }

    /**
     * A dot segment removes another segment, and parsers differ on which one: in {@code /x/.;/../admin} it is
     * {@code .;} or {@code x}. The container that serves its own content has the path as it came.
     */
    private static void refuseMixedDots(RequestTarget target) throws RefusedException {
        if (!target.hasDotSegments()) {
            return;
        }
        String once = LenientReading.decodeOnce(target.path());
        String twice = LenientReading.decodeOnce(once);
        if (target.hasEncodedSlash() || !twice.equals(once) || twice.indexOf(';') >= 0 || twice.indexOf('\\') >= 0) {
            throw new RefusedException(400, "path has dot segments that can be resolved in several ways");
        }
    }
}
