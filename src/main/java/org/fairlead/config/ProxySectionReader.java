package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairlead.model.PathMatch;
import org.fairlead.model.ProxySectionConfig;
import org.fairlead.model.ProxySectionConfig.UrlMatch;
import org.fairlead.model.Settings;

/** Reads what {@code <Proxy>} and {@code <ProxyMatch>} say for paths; what they say of members is read elsewhere. */
final class ProxySectionReader {
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)([^/]*)(.*)", Pattern.DOTALL);

    private final SettingsReader settings;
    private final Problems problems;

    ProxySectionReader(SettingsReader settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** The sections of a server that say anything for paths. */
    List<ProxySectionConfig> read(Entry server) {
        List<ProxySectionConfig> sections = new ArrayList<>();
        for (Entry section : server.all("proxy")) {
            Settings own = settings.ofSection(section);
            if (!own.equals(Settings.NONE)) {
                match(section).ifPresent(m -> sections.add(new ProxySectionConfig(m, own, section.source())));
            }
        }
        return sections;
    }

    private Optional<UrlMatch> match(Entry section) {
        String url = section.url().replaceFirst("(?i)^proxy:", "");
        if (Matches.isOn(section, "regex")) {
            return Matches.pattern(url, section, problems).map(PathMatch.Regex::new);
        }
        if (url.equals("*")) {
            return Optional.of(new UrlMatch.Prefix(""));
        }
        return Matches.hasWildcard(url)
                ? Matches.wildcard(url, ".", section, problems).map(PathMatch.Regex::new)
                : Optional.of(new UrlMatch.Prefix(canonical(url)));
    }

    /** As members and balancers are named: in lower case, and without the port that the scheme has anyway. */
    private static String canonical(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return url;
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String port = scheme.equals("https://") || scheme.equals("wss://") ? ":443$" : ":80$";
        return scheme + parts.group(2).toLowerCase(Locale.ROOT).replaceFirst(port, "") + parts.group(3);
    }
}
