package org.fairlead.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairlead.http.Bytes;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.AccessConfig;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.CookieConfig;
import org.fairlead.model.EnvironmentConfig;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.HostConfig;
import org.fairlead.model.HostConfig.EncodedSlashes;
import org.fairlead.model.HostConfig.HostAddress;
import org.fairlead.model.HostConfig.Via;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.LocationConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.OutputFilters;
import org.fairlead.model.OwnName;
import org.fairlead.model.PathMatch;
import org.fairlead.model.PathRedirects;
import org.fairlead.model.ProxyConfig;
import org.fairlead.model.RemoteIpConfig;
import org.fairlead.model.ResponseDefaults;
import org.fairlead.model.ReverseConfig;
import org.fairlead.model.RewriteConfig;
import org.fairlead.model.RouteConfig;
import org.fairlead.model.RouteConfig.Mapping;
import org.fairlead.model.RouteConfig.RouteTarget;
import org.fairlead.model.SectionRewrite;
import org.fairlead.model.ServerConfig;
import org.fairlead.model.Settings;
import org.fairlead.model.Source;

/**
 * One host written as an operator would, its lines divided by {@code "; "}, so that a table of tests shows its
 * configuration. A line in a section has the section in front: {@code <Location /a> ProxyPass http://one/}.
 */
final class Rules {
    private static final Pattern SECTION = Pattern.compile("<(Location(?:Match)?) (\\S+)> (.*)");

    private final List<RouteConfig> routes = new ArrayList<>();
    private final List<ReverseConfig> reverses = new ArrayList<>();
    private final List<CookieConfig> cookieDomains = new ArrayList<>();
    private final List<CookieConfig> cookiePaths = new ArrayList<>();
    private final List<LocationConfig> locations = new ArrayList<>();
    private final Map<String, BalancerConfig> balancers = new LinkedHashMap<>();
    private EncodedSlashes encodedSlashes = EncodedSlashes.NODECODE;

    private Rules() {
        balancers.put("x", BalancerConfig.of("x", List.of(member("http://one", ""))));
        balancers.put("app", BalancerConfig.of("app", List.of(member("http://one/app", "/app"))));
        balancers.put("slash", BalancerConfig.of("slash", List.of(member("http://one/app/", "/app/"))));
    }

    static Rules of(String lines) {
        Rules rules = new Rules();
        for (String line : lines.split("; ")) {
            rules.line(line);
        }
        return rules;
    }

    static MemberConfig member(String name, String path) {
        MemberConfig plain = MemberConfig.of("one", 80);
        return new MemberConfig(
                name,
                plain.address(),
                path,
                plain.loadFactorHundredths(),
                plain.lbset(),
                plain.route(),
                plain.redirect(),
                plain.status(),
                plain.retry(),
                plain.upgrade(),
                plain.resolve(),
                plain.pool(),
                plain.health(),
                plain.tls(),
                plain.source());
    }

    private void line(String line) {
        Matcher section = SECTION.matcher(line);
        if (section.matches()) {
            PathMatch match = section.group(1).equals("Location")
                    ? new PathMatch.Prefix(section.group(2))
                    : new PathMatch.Regex(section.group(2));
            section(match, section.group(2), section.group(3));
            return;
        }
        String[] words = words(line);
        switch (words[0]) {
            case "ProxyPass", "ProxyPassMatch" -> routes.add(route(words));
            case "ProxyPassReverse" -> reverses.add(new ReverseConfig(words[1], words[2], Source.NONE));
            case "ProxyPassReverseCookieDomain" -> cookieDomains.add(cookie(words));
            case "ProxyPassReverseCookiePath" -> cookiePaths.add(cookie(words));
            case "AllowEncodedSlashes" -> encodedSlashes = EncodedSlashes.valueOf(words[1].toUpperCase());
            default -> throw new IllegalArgumentException(line);
        }
    }

    private void section(PathMatch match, String path, String line) {
        String[] words = words(line);
        Optional<RouteConfig> route = Optional.empty();
        List<ReverseConfig> ownReverses = List.of();
        List<CookieConfig> ownPaths = List.of();
        Settings settings = Settings.NONE;
        switch (words[0]) {
            case "ProxyPass" ->
                route = Optional.of(new RouteConfig(
                        match, target(words[1]), mapping(words.length > 2 ? words[2] : ""), Source.NONE));
            case "ProxyPassReverse" -> ownReverses = List.of(new ReverseConfig(path, words[1], Source.NONE));
            case "ProxyPassReverseCookiePath" -> ownPaths = List.of(cookie(words));
            case "RequestHeader" ->
                settings = new Settings(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        List.of(HeaderLines.rule(line)),
                        List.<HeaderRule>of(),
                        Optional.empty(),
                        Optional.empty(),
                        EnvironmentConfig.NONE,
                        PathRedirects.NONE,
                        OwnName.NONE,
                        List.of(),
                        AccessConfig.NONE,
                        Optional.empty(),
                        ResponseDefaults.NONE,
                        SectionRewrite.NONE,
                        OutputFilters.NONE,
                        Optional.empty());
            default -> throw new IllegalArgumentException(line);
        }
        locations.add(new LocationConfig(match, settings, route, ownReverses, List.of(), ownPaths, Source.NONE));
    }

    static String[] words(String line) {
        return Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)")
                .matcher(line)
                .results()
                .map(m -> m.group(1) != null ? m.group(1).replaceAll("\\\\([\"\\\\])", "$1") : m.group(2))
                .toArray(String[]::new);
    }

    private static CookieConfig cookie(String[] words) {
        return new CookieConfig(words[1], words[2], Source.NONE);
    }

    private RouteConfig route(String[] words) {
        boolean tilde = words[1].equals("~");
        int at = tilde ? 2 : 1;
        PathMatch match = tilde || words[0].equals("ProxyPassMatch")
                ? new PathMatch.Regex(words[at])
                : new PathMatch.Prefix(words[at]);
        return new RouteConfig(
                match, target(words[at + 1]), mapping(words.length > at + 2 ? words[at + 2] : ""), Source.NONE);
    }

    private static Mapping mapping(String word) {
        return word.isEmpty()
                ? Mapping.DEFAULT
                : Mapping.valueOf(word.substring("mapping=".length()).toUpperCase());
    }

    private RouteTarget target(String url) {
        if (url.equals("!")) {
            return new RouteTarget.Excluded();
        }
        int slash = url.indexOf('/', url.indexOf("://") + 3);
        String authority = slash < 0 ? url : url.substring(0, slash);
        String path = slash < 0 ? "" : url.substring(slash);
        if (authority.startsWith("balancer://")) {
            return new RouteTarget.Forward(authority.substring(11), path);
        }
        balancers.put(authority, BalancerConfig.standalone(member(authority, "")));
        return new RouteTarget.Forward(authority, path);
    }

    HostConfig hostConfig() {
        return new HostConfig(
                "www.example.com",
                0,
                List.of(),
                List.<HostAddress>of(),
                routes,
                reverses,
                cookieDomains,
                cookiePaths,
                RemoteIpConfig.NONE,
                Via.OFF,
                encodedSlashes,
                -1,
                List.of(),
                List.of(),
                Settings.NONE,
                RewriteConfig.NONE,
                locations,
                List.of(),
                List.of(),
                Optional.empty(),
                Source.NONE);
    }

    Host host() {
        ProxyConfig config = new ProxyConfig(
                ServerConfig.DEFAULTS,
                List.of(new ListenerConfig("", 8080, List.of(), Source.NONE)),
                hostConfig(),
                List.of(),
                balancers);
        return HostTable.of(config).find("127.0.0.1", 8080, "");
    }

    /** What becomes of a request: {@code one /path}, {@code excluded}, {@code unmatched}, or the status of a refusal. */
    String answer(String target) {
        try {
            Match match = host().match(RequestTarget.parse(Bytes.of(target)));
            if (match instanceof Match.Forward forward) {
                MemberConfig member =
                        balancers.get(forward.balancer()).members().get(0);
                String name = member.name().substring(7).replaceAll("/.*", "");
                return name + " " + MemberPath.join(member.path(), forward.target());
            }
            return ((Match.Declined) match).reason().name().toLowerCase();
        } catch (RefusedException e) {
            return Integer.toString(e.status());
        }
    }
}
