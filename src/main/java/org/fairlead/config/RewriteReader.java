package org.fairlead.config;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Regex;
import org.fairlead.model.RewriteCondition;
import org.fairlead.model.RewriteConfig;
import org.fairlead.model.RewriteConfig.Option;
import org.fairlead.model.RewriteMap;
import org.fairlead.model.RewriteRule;
import org.fairlead.model.RewriteRule.Flag;

/** Reads {@code RewriteRule}, and has the table of workers make what rules with {@code P} lead to. */
final class RewriteReader {
    private final Optional<WorkerTable> workers;
    private final Problems problems;
    private final RewriteConditionReader conditions;

    RewriteReader(WorkerTable workers, Problems problems) {
        this(Optional.of(workers), problems);
    }

    /** A reader of rules without the flag {@code P}. */
    RewriteReader(Problems problems) {
        this(Optional.empty(), problems);
    }

    private RewriteReader(Optional<WorkerTable> workers, Problems problems) {
        this.workers = workers;
        this.problems = problems;
        this.conditions = new RewriteConditionReader(problems);
    }

    Optional<RewriteDraft> read(Entry line) {
        RewriteFlags flags = new RewriteFlags();
        Optional<String> wrong = line.has("flags") ? flags.read(line.text("flags")) : Optional.empty();
        if (wrong.isPresent()) {
            problems.badValue(line.source(), "RewriteRule", "[" + Quoted.of(line.text("flags")) + "]", wrong.get());
            return Optional.empty();
        }
        if (!flags.ignored().isEmpty()) {
            problems.noEffect(
                    line.source(),
                    "RewriteRule: " + String.join(", ", flags.ignored())
                            + " does nothing: there are no files and no subrequests");
        }
        String written = line.text("pattern");
        boolean negated = written.startsWith("!");
        String pattern = negated ? written.substring(1) : written;
        String substitution = line.text("substitution");
        List<RewriteCondition> conditions = new ArrayList<>();
        boolean readable = isPattern(line, pattern);
        for (Entry condition : line.all("rewritecond")) {
            Optional<RewriteCondition> read = this.conditions.read(condition);
            read.ifPresent(conditions::add);
            readable &= read.isPresent();
        }
        boolean proxies = flags.has(Flag.PROXY) && !substitution.equals("-") && !flags.has(Flag.STATUS);
        Optional<RewriteTarget> target = proxies ? target(line, pattern, substitution) : Optional.empty();
        if (!readable || proxies && target.isEmpty() || !proxies && leadsNowhere(line, substitution)) {
            return Optional.empty();
        }
        Optional<BalancerDraft> balancer = target.flatMap(t -> balancer(line, t));
        if (proxies && balancer.isEmpty()) {
            return Optional.empty();
        }
        String path = target.map(RewriteTarget::path).orElse("");
        int base = balancer.filter(BalancerDraft::isLone)
                .map(draft -> draft.members().get(0).url().basePath().length())
                .orElse(0);
        return Optional.of(new RewriteDraft(
                proxy -> new RewriteRule(
                        pattern,
                        negated,
                        substitution,
                        flags.flags(),
                        flags.status(),
                        flags.skip(),
                        flags.rounds(),
                        flags.variables(),
                        flags.cookies(),
                        flags.escapes(),
                        flags.spared(),
                        conditions,
                        proxy,
                        line.source()),
                balancer,
                path.substring(base)));
    }

    private boolean isPattern(Entry line, String pattern) {
        try {
            Regex.compile(pattern);
            return true;
        } catch (ExpressionException e) {
            problems.error(line.source(), "RewriteRule '" + Quoted.of(pattern) + "': " + Quoted.of(e.getMessage()));
            return false;
        }
    }

    private Optional<RewriteTarget> target(Entry line, String pattern, String substitution) {
        try {
            return Optional.of(RewriteTarget.parse(substitution, pattern));
        } catch (IllegalArgumentException e) {
            problems.badValue(line.source(), "RewriteRule", Quoted.of(substitution), e.getMessage());
            return Optional.empty();
        }
    }

    /** Without P, httpd sends the client a redirect to such a URL, which it can do nothing with. */
    private boolean leadsNowhere(Entry line, String substitution) {
        if (!substitution.matches("(?is)(balancer|wss?|ajp|fcgi|scgi|h2c?)://.*|unix:.*")) {
            return false;
        }
        problems.badValue(line.source(), "RewriteRule", Quoted.of(substitution), "the flag P with such a URL");
        return true;
    }

    private Optional<BalancerDraft> balancer(Entry line, RewriteTarget target) {
        Optional<WorkerTable.BalancerUrl> balancer = target.balancer();
        if (balancer.isPresent()) {
            if (balancer.get().name().matches("[a-z0-9._~-]{1,95}")) {
                return Optional.of(workers.orElseThrow().route(line, balancer.get()));
            }
            problems.badValue(line.source(), "RewriteRule", Quoted.of(line.text("substitution")), "balancer://NAME/");
            return Optional.empty();
        }
        try {
            return Optional.of(workers.orElseThrow()
                    .rewriting(line, MemberUrl.parse(target.origin(), false), target.literalPath()));
        } catch (IllegalArgumentException e) {
            problems.badValue(line.source(), "RewriteRule", Quoted.of(line.text("substitution")), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Everything that mod_rewrite's lines of a server say, with what it inherits.
     *
     * @param main the main server's, for a virtual host
     */
    static RewriteConfig config(Server server, Balancers balancers, Optional<RewriteConfig> main, Reading reading) {
        Entry host = server.entry();
        Values values = Values.in(host, reading.problems());
        Optional<Set<Option>> options = options(host, reading.problems());
        values.entry("rewritebase")
                .ifPresent(e -> reading.problems()
                        .noEffect(e.source(), "RewriteBase: is for rules in sections, and does nothing outside"));
        List<RewriteRule> rules = server.routes().rewrites().stream()
                .map(draft -> draft.named(balancers))
                .toList();
        RewriteConfig own = new RewriteConfig(
                values.flag("rewriteengine")
                        .or(() -> main.map(RewriteConfig::on))
                        .orElse(false),
                options.or(() -> main.map(RewriteConfig::options)).orElse(Set.of()),
                rules,
                maps(host, reading),
                values.text("documentroot")
                        .map(root -> reading.path(root).toString())
                        .or(() -> main.map(RewriteConfig::documentRoot))
                        .orElse(""));
        RewriteConfig whole = main.map(own::inheriting).orElse(own);
        new RewriteNotices(whole, reading.problems()).tell(rules, main.isEmpty());
        return whole;
    }

    /** {@code RewriteOptions} of a server or section; empty = it has no such line. */
    static Optional<Set<Option>> options(Entry host, Problems problems) {
        Set<Option> options = EnumSet.noneOf(Option.class);
        List<Entry> lines = host.all("rewriteoptions");
        for (Entry line : lines) {
            for (String word : line.value().strip().split("\\s+")) {
                switch (word.toLowerCase(Locale.ROOT)) {
                    case "inherit" -> options.add(Option.INHERIT);
                    case "inheritbefore" -> options.add(Option.INHERIT_BEFORE);
                    case "inheritdown" -> options.add(Option.INHERIT_DOWN);
                    case "inheritdownbefore" -> options.add(Option.INHERIT_DOWN_BEFORE);
                    case "ignoreinherit" -> options.add(Option.IGNORE_INHERIT);
                    case "allownoslash",
                            "allowanyuri",
                            "mergebase",
                            "ignorecontextinfo",
                            "legacyprefixdocroot",
                            "unsafeprefixstat",
                            "longurloptimization" ->
                        problems.noEffect(
                                line.source(), "RewriteOptions " + word + ": is about files, and there are none");
                    default -> {
                        if (!word.toLowerCase(Locale.ROOT).startsWith("maxredirects=")) {
                            Values.bad(
                                    problems,
                                    line,
                                    "Inherit, InheritBefore, InheritDown, InheritDownBefore or IgnoreInherit");
                        }
                    }
                }
            }
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(options);
    }

    private static Map<String, RewriteMap> maps(Entry host, Reading reading) {
        Map<String, RewriteMap> maps = new LinkedHashMap<>();
        for (Entry line : host.all("rewritemap")) {
            RewriteMapReader.read(line, reading).ifPresent(map -> maps.put(line.text("name"), map));
        }
        return maps;
    }
}
