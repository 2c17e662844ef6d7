package org.fairlead.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.BalancerConfig.EjectionConfig;
import org.fairlead.model.BalancerConfig.HashKey;
import org.fairlead.model.BalancerConfig.Method;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.model.StickyConfig;

/** Turns the lines of a balancer into its record, and makes the checks that need all its members. */
final class BalancerReader {
    /** What httpd has room for, of characters that are the same in a query. */
    private static final String NONCE = "[A-Za-z0-9._~-]{1,36}";

    private final Problems problems;

    BalancerReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param name the name under which routes find it
     * @param members its members, read
     */
    BalancerConfig read(BalancerDraft draft, String name, List<MemberConfig> members) {
        if (draft.isLone()) {
            return BalancerConfig.standalone(name, members.get(0));
        }
        Values values = new Values(draft.parameters(), problems);
        Optional<StickyConfig> sticky = StickyReader.read(values, draft.source());
        checkMembers(draft, members);
        BalancerConfig defaults = BalancerConfig.of(name, members);
        return new BalancerConfig(
                name,
                false,
                members,
                method(values),
                sticky,
                !(values.flag("nofailover", false) && sticky.isPresent()),
                values.integer("maxattempts", 0, Integer.MAX_VALUE),
                values.flag("forcerecovery", defaults.forceRecovery()),
                statuses(values),
                values.flag("failontimeout", defaults.failOnTimeout()),
                timeout(values),
                values.integer("growth", 0, 100, defaults.growth()),
                nonce(values),
                values.time("slowstart", ChronoUnit.SECONDS, Duration.ZERO).orElse(defaults.slowStart()),
                ejection(values),
                values.integer("retrybudget", 0, 100, defaults.retryBudgetPercent()),
                hashKey(values),
                draft.source());
    }

    private static Method method(Values values) {
        return values.word("lbmethod", Method.class).orElse(Method.BYREQUESTS);
    }

    /** httpd takes 10 ms or more; 0 says that there is no waiting, which is its default. */
    private static Duration timeout(Values values) {
        if (values.text("timeout").filter(t -> t.strip().equals("0")).isPresent()) {
            return Duration.ZERO;
        }
        return values.time("timeout", ChronoUnit.SECONDS, Duration.ofMillis(10)).orElse(Duration.ZERO);
    }

    /** The nonce of the manager's forms; {@code None} = an empty text: none is asked for. */
    private static Optional<String> nonce(Values values) {
        Optional<String> text = values.text("nonce").map(String::strip);
        if (text.filter(nonce -> !nonce.matches(NONCE)).isPresent()) {
            values.bad(values.entry("nonce").orElseThrow(), "None, or 1 to 36 letters, digits and any of -._~");
            return Optional.empty();
        }
        return text.map(nonce -> nonce.equalsIgnoreCase("none") ? "" : nonce);
    }

    private static Set<Integer> statuses(Values values) {
        Set<Integer> statuses = new TreeSet<>();
        Optional<Entry> entry = values.entry("failonstatus");
        for (String word : entry.map(Entry::value).orElse("").split("[, ]+")) {
            if (word.matches("[1-5]\\d\\d")) {
                statuses.add(Integer.valueOf(word));
            } else if (!word.isEmpty()) {
                values.bad(entry.get(), "statuses such as 500,502,503");
                break;
            }
        }
        return statuses;
    }

    private static Optional<EjectionConfig> ejection(Values values) {
        if (!values.hasAny(List.of("ejectafter", "ejecttime", "maxejected", "panicthreshold"))) {
            return Optional.empty();
        }
        return Optional.of(new EjectionConfig(
                values.integer("ejectafter", 1, Integer.MAX_VALUE, 5),
                values.time("ejecttime", ChronoUnit.SECONDS, Duration.ofMillis(1))
                        .orElse(Duration.ofSeconds(30)),
                values.integer("maxejected", 0, 100, 50),
                values.integer("panicthreshold", 0, 100, 0)));
    }

    private static HashKey hashKey(Values values) {
        Optional<Entry> entry = values.entry("hashkey");
        if (entry.isEmpty()) {
            return HashKey.DEFAULT;
        }
        String text = entry.get().value().strip();
        int colon = text.indexOf(':');
        String kind = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        String name = text.substring(colon + 1);
        boolean named = colon >= 0 && name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
        if (kind.equals("address") && colon < 0) {
            return HashKey.DEFAULT;
        }
        if (kind.equals("path") && colon < 0) {
            return new HashKey(HashKey.Kind.PATH, "");
        }
        if (named && kind.equals("header")) {
            return new HashKey(HashKey.Kind.HEADER, name);
        }
        if (named && kind.equals("cookie")) {
            return new HashKey(HashKey.Kind.COOKIE, name);
        }
        values.bad(entry.get(), "address, path, header:NAME or cookie:NAME");
        return HashKey.DEFAULT;
    }

    private void checkMembers(BalancerDraft draft, List<MemberConfig> members) {
        String balancer = "balancer://" + draft.name();
        if (members.isEmpty() && !draft.isIncomplete()) {
            problems.difference(
                    draft.source(), balancer + " has no BalancerMember: every request to it gets 503, as in httpd");
        }
        Map<String, MemberConfig> byRoute = new HashMap<>();
        for (MemberConfig member : members) {
            Optional<MemberConfig> earlier = member.route().isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(byRoute.putIfAbsent(member.route(), member));
            earlier.ifPresent(first -> problems.badValue(
                    parameter(draft, member, "route").source(),
                    "route",
                    member.route(),
                    "another name; " + first.name() + " of " + balancer + " has it already, in " + first.source()));
        }
        for (MemberConfig member : members) {
            if (!member.redirect().isEmpty() && !byRoute.containsKey(member.redirect())) {
                problems.badValue(
                        parameter(draft, member, "redirect").source(),
                        "redirect",
                        member.redirect(),
                        byRoute.isEmpty()
                                ? "the route of another member of " + balancer + ", and none has one"
                                : "the route of another member of " + balancer + ": "
                                        + String.join(", ", new TreeSet<>(byRoute.keySet())));
            }
        }
        tellIfOnlyReserves(draft, members);
    }

    private void tellIfOnlyReserves(BalancerDraft draft, List<MemberConfig> members) {
        List<MemberConfig> barred = new ArrayList<>(members);
        barred.removeIf(
                m -> !m.status().contains(StatusFlag.DISABLED) && !m.status().contains(StatusFlag.STOPPED));
        if (!members.isEmpty() && barred.size() == members.size()) {
            problems.difference(
                    draft.source(),
                    "balancer://" + draft.name() + ": every member is disabled or stopped, so every request gets 503");
        }
    }

    private static Entry parameter(BalancerDraft draft, MemberConfig member, String key) {
        return draft.members().stream()
                .filter(m -> m.name().equals(member.name()))
                .map(m -> m.parameters().get(key))
                .findFirst()
                .orElseThrow();
    }
}
