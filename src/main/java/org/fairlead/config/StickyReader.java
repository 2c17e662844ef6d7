package org.fairlead.config;

import java.util.Optional;
import org.fairlead.model.Source;
import org.fairlead.model.StickyConfig;

/** Reads how a request says which member has its session. */
final class StickyReader {
    private StickyReader() {}

    static Optional<StickyConfig> read(Values balancer, Source source) {
        Optional<Entry> names = balancer.entry("stickysession").filter(e -> checkedNames(balancer, e));
        Optional<String> minted = balancer.entry("stickycookie")
                .filter(e -> checkedToken(balancer, e))
                .map(Entry::value);
        Optional<Character> separator = separator(balancer);
        boolean semicolon = balancer.flag("scolonpathdelim", false);
        if (names.isEmpty() && minted.isEmpty()) {
            if (!balancer.has("stickysession") && !balancer.has("stickycookie") && balancer.flag("nofailover", false)) {
                balancer.problems()
                        .badValue(
                                balancer.source("nofailover", source),
                                "nofailover",
                                balancer.text("nofailover").orElse("On"),
                                "Off, or stickysession=NAME too: without sessions there is nothing that must not fail over");
            }
            return Optional.empty();
        }
        String written = names.map(Entry::value).orElse("");
        int bar = written.indexOf('|');
        String cookie = bar < 0 ? written : written.substring(0, bar);
        String parameter = bar < 0 ? written : written.substring(bar + 1);
        return Optional.of(new StickyConfig(cookie, parameter, separator, semicolon, minted));
    }

    private static boolean checkedNames(Values balancer, Entry entry) {
        if (entry.value().matches("[^\\s|;,=\"]{1,63}(\\|[^\\s|;,=\"]{1,63})?")) {
            return true;
        }
        balancer.bad(entry, "COOKIE or COOKIE|PARAMETER, such as JSESSIONID|jsessionid");
        return false;
    }

    private static boolean checkedToken(Values balancer, Entry entry) {
        if (entry.value().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}")) {
            return true;
        }
        balancer.bad(entry, "the name of a cookie, such as ROUTEID");
        return false;
    }

    private static Optional<Character> separator(Values balancer) {
        Optional<Entry> entry = balancer.entry("stickysessionsep");
        if (entry.isEmpty()) {
            return Optional.of('.');
        }
        String text = entry.get().value();
        if (text.length() == 1) {
            return Optional.of(text.charAt(0));
        }
        if (!text.equalsIgnoreCase("off")) {
            balancer.bad(entry.get(), "one character or Off");
        }
        return Optional.empty();
    }
}
