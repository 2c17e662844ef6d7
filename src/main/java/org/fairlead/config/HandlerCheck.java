package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import org.fairlead.model.HostConfig;
import org.fairlead.model.LocationConfig;
import org.fairlead.model.PathMatch;
import org.fairlead.model.Settings;
import org.fairlead.model.Settings.Handler;
import org.fairlead.model.Source;

/**
 * Reports handlers that show or change the running proxy and are open to any client. The console and the API must have
 * a {@code Require}; httpd's own two are read-only without one, and for this machine only.
 */
final class HandlerCheck {
    private final Problems problems;

    HandlerCheck(Problems problems) {
        this.problems = problems;
    }

    void check(HostConfig main, List<HostConfig> virtualHosts) {
        List<HostConfig> hosts = new ArrayList<>(virtualHosts);
        hosts.add(0, main);
        hosts.forEach(this::check);
    }

    private void check(HostConfig host) {
        host.settings().handler().ifPresent(handler -> check(handler, host.settings(), host.source()));
        for (LocationConfig location : host.locations()) {
            location.settings().handler().ifPresent(handler -> check(handler, at(host, location), location.source()));
        }
    }

    private void check(Handler handler, Settings settings, Source source) {
        if (settings.access().restricts()) {
            return;
        }
        if (handler.mustBeGuarded()) {
            problems.error(
                    source,
                    "SetHandler " + handler.word() + " without a Require (expected: one that says who may, such as"
                            + " Require ip 127.0.0.1, or AuthType Basic with Require valid-user)");
        } else if (handler == Handler.BALANCER_MANAGER
                || handler == Handler.SERVER_STATUS
                || handler == Handler.METRICS) {
            problems.difference(
                    source,
                    "SetHandler " + handler.word() + " without a Require: it can be read from this machine only, and it"
                            + " changes nothing");
        }
    }

    /** What holds at a section's path: the host's settings, those of sections before it that it lies in, its own. */
    private static Settings at(HostConfig host, LocationConfig location) {
        Settings merged = host.settings();
        for (LocationConfig other : host.locations()) {
            if (other == location || covers(other.match(), location.match())) {
                merged = merged.merge(other.settings());
            }
        }
        return merged;
    }

    private static boolean covers(PathMatch outer, PathMatch inner) {
        if (outer.equals(inner)) {
            return true;
        }
        if (!(outer instanceof PathMatch.Prefix around) || !(inner instanceof PathMatch.Prefix within)) {
            return false;
        }
        String path = around.path();
        return within.path().startsWith(path)
                && (path.endsWith("/") || within.path().startsWith("/", path.length()));
    }
}
