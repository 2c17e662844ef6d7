package org.fairlead.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.model.MemberProtocol;
import org.fairlead.model.MemberTlsConfig;
import org.fairlead.model.PoolConfig;

/** Turns the lines of a member into its record. */
final class MemberReader {
    private static final List<String> WITHOUT_EFFECT = List.of("flushpackets", "flushwait", "flusher", "multipathtcp");

    private final Problems problems;
    private final MemberDefaults defaults;
    private final HealthReader health;
    private final RemoteReader remotes;

    MemberReader(Problems problems, MemberDefaults defaults, HealthReader health, RemoteReader remotes) {
        this.problems = problems;
        this.defaults = defaults;
        this.health = health;
        this.remotes = remotes;
    }

    MemberConfig read(MemberDraft draft, MemberTlsConfig tls, boolean lone) {
        Values values = new Values(draft.parameters(), problems);
        tellWithoutEffect(values, draft.url());
        PoolConfig pool = PoolReader.read(values, defaults, remotes.of(draft.url()));
        if (lone) {
            values.entry("hcmethod")
                    .or(() -> values.entry("hctemplate"))
                    .ifPresent(e -> values.bad(e, "a BalancerMember; a member of its own is not probed"));
        }
        return new MemberConfig(
                draft.name(),
                draft.url().address(),
                draft.url().basePath(),
                loadFactor(values),
                values.integer("lbset", 0, 99, 0),
                routeName(values, "route"),
                routeName(values, "redirect"),
                status(values, lone),
                values.time("retry", ChronoUnit.SECONDS, Duration.ZERO).orElse(Duration.ofSeconds(60)),
                draft.url().address().protocol() == MemberProtocol.AJP ? List.of() : upgrade(values, draft.url()),
                values.word("resolve", MemberConfig.Resolve.class).orElse(MemberConfig.Resolve.OFF),
                pool,
                lone
                        ? Optional.empty()
                        : health.read(
                                draft.parameters(),
                                pool.timeout(),
                                draft.url().address().protocol()),
                tls,
                draft.source());
    }

    private void tellWithoutEffect(Values values, MemberUrl url) {
        for (String key : WITHOUT_EFFECT) {
            values.entry(key)
                    .ifPresent(e -> problems.noEffect(
                            e.source(),
                            key + " '" + e.value() + "' does nothing here"
                                    + (key.startsWith("flush") ? ": every answer is flushed as it comes" : "")));
        }
        boolean ajp = url.address().protocol() == MemberProtocol.AJP;
        if (!ajp) {
            values.entry("secret")
                    .ifPresent(e -> problems.noEffect(
                            e.source(), "secret does nothing here: only an ajp:// member is sent one"));
        } else if (!upgrade(values, url).isEmpty()) {
            values.entry("upgrade")
                    .ifPresent(e -> problems.noEffect(
                            e.source(),
                            "upgrade '" + e.value() + "' does nothing here: AJP cannot switch protocols; name the HTTP"
                                    + " connector for WebSockets"));
        }
    }

    private static int loadFactor(Values values) {
        Optional<Entry> entry = values.entry("loadfactor");
        if (entry.isPresent()) {
            String text = entry.get().value().strip();
            if (text.matches("\\d{1,3}(\\.\\d{1,2})?")) {
                int hundredths = new BigDecimal(text).movePointRight(2).intValueExact();
                if (hundredths >= 100 && hundredths <= 10_000) {
                    return hundredths;
                }
            }
            values.bad(entry.get(), "a number, 1 to 100, with at most two decimals");
        }
        return 100;
    }

    private static String routeName(Values values, String key) {
        Optional<Entry> entry = values.entry(key);
        if (entry.isPresent() && !entry.get().value().matches("[^\\s;,?&]{1,95}")) {
            values.bad(entry.get(), "1 to 95 characters without blank, ';', ',', '?' or '&'");
            return "";
        }
        return entry.map(Entry::value).orElse("");
    }

    /**
     * httpd's {@code status}: letters, each set after {@code +} or at the start, taken away after {@code -}. A member
     * of its own starts with I, so that it is never put in error.
     */
    private static Set<StatusFlag> status(Values values, boolean lone) {
        Set<StatusFlag> flags = EnumSet.noneOf(StatusFlag.class);
        if (lone) {
            flags.add(StatusFlag.IGNORE_ERRORS);
        }
        Optional<Entry> entry = values.entry("status");
        boolean on = true;
        for (char c : entry.map(Entry::value).orElse("").strip().toCharArray()) {
            if (c == '+' || c == '-') {
                on = c == '+';
                continue;
            }
            Optional<StatusFlag> flag = Arrays.stream(StatusFlag.values())
                    .filter(f -> f.letter() == Character.toUpperCase(c))
                    .findFirst();
            if (flag.isEmpty()) {
                values.bad(
                        entry.get(),
                        "letters D (disabled), S (stopped), I (ignore errors), R (spare), H (standby), E (error),"
                                + " N (drain), C (check failed), with + or - in front");
                break;
            }
            if (on) {
                flags.add(flag.get());
            } else {
                flags.remove(flag.get());
            }
        }
        return flags;
    }

    private static List<String> upgrade(Values values, MemberUrl url) {
        List<String> protocols = new ArrayList<>();
        for (String word : values.text("upgrade").orElse("").split(",")) {
            String protocol = word.strip().toLowerCase(Locale.ROOT);
            if (protocol.equals("any") || protocol.equals("*")) {
                return List.of("any");
            }
            if (!protocol.isEmpty() && !protocol.equals("none")) {
                protocols.add(protocol);
            }
        }
        Optional<Entry> entry = values.entry("upgrade");
        if (!protocols.stream().allMatch(p -> p.matches("[!#$%&'*+.^_`|~0-9a-z-]+(/[!#$%&'*+.^_`|~0-9a-z.-]+)?"))) {
            entry.ifPresent(e -> values.bad(e, "websocket, a list of protocols, ANY or NONE"));
            return List.of();
        }
        return entry.isEmpty() && url.isWebSocket() ? List.of("websocket") : protocols;
    }
}
