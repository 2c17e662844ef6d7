package org.fairlead.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fairlead.model.Choice;
import org.fairlead.model.OwnName;
import org.fairlead.model.PathRedirects;
import org.fairlead.model.SectionRewrite;
import org.fairlead.model.Settings;
import org.fairlead.model.Settings.ErrorOverride;
import org.fairlead.model.Settings.Handler;

/** Reads the settings of a server, {@code <Location>} or {@code <If>} for all its paths; inherited lines excluded. */
final class SettingsReader {
    private static final String HANDLERS =
            Arrays.stream(Handler.values()).map(Handler::word).collect(Collectors.joining(", "));

    private final HeaderRuleReader headers;
    private final ErrorDocumentReader documents;
    private final EnvironmentReader environment;
    private final RedirectReader redirects;
    private final AccessReader access;
    private final ResponseDefaultsReader responses;
    private final SectionRewriteReader rewrites;
    private final OutputFiltersReader filters;
    private final Problems problems;

    SettingsReader(ErrorDocumentReader documents, Reading reading) {
        this.problems = reading.problems();
        this.headers = new HeaderRuleReader(problems);
        this.documents = documents;
        this.environment = new EnvironmentReader(problems);
        this.redirects = new RedirectReader(problems);
        this.access = new AccessReader(reading);
        this.responses = new ResponseDefaultsReader(problems);
        this.rewrites = new SectionRewriteReader(problems);
        this.filters = new OutputFiltersReader(problems);
    }

    /** Reads a server, whose {@code Redirect} and {@code SetEnvIf} lines are the host's own and no part of this. */
    Settings ofHost(Entry host) {
        return read(host, false);
    }

    Settings ofSection(Entry section) {
        return read(section, true);
    }

    private Settings read(Entry scope, boolean section) {
        Values values = Values.in(scope, problems);
        if (section) {
            access.refuseVerification(scope);
        }
        Optional<Boolean> relative = values.flag("redirectrelative");
        OptionalLong limit = values.size("limitrequestbody", 0, Long.MAX_VALUE, true);
        return new Settings(
                values.flag("proxypreservehost"),
                values.flag("proxyaddheaders"),
                errorOverride(values),
                documents.read(scope.all("errordocument")),
                headers.read(scope.all("requestheader")),
                headers.read(scope.all("header")),
                handler(values),
                limit.isPresent() ? Optional.of(limit.getAsLong()) : Optional.empty(),
                environment.read(scope, section ? environment.rules(scope) : List.of()),
                section
                        ? redirects.ofSection(scope, relative)
                        : new PathRedirects(Optional.empty(), List.of(), relative),
                new OwnName(canonical(values), values.flag("usecanonicalphysicalport"), Optional.empty()),
                scope.all("if").stream().map(this::choice).toList(),
                access.read(scope),
                legacyNames(scope),
                responses.read(scope),
                section ? rewrites.read(scope) : SectionRewrite.NONE,
                filters.read(scope),
                TraceContextReader.read(values));
    }

    private Choice choice(Entry section) {
        List<Choice.Branch> branches = new ArrayList<>();
        for (Entry branch : branches(section)) {
            String condition = branch.text("expression");
            boolean ok = branch.name().equals("else") || Expressions.isCondition(condition, branch, problems);
            Settings settings = ofSection(branch);
            if (ok) {
                branches.add(new Choice.Branch(condition, settings, branch.source()));
            }
        }
        return new Choice(branches, section.source());
    }

    private static List<Entry> branches(Entry section) {
        List<Entry> branches = new ArrayList<>(List.of(section));
        branches.addAll(section.all("elseif"));
        section.last("else").ifPresent(branches::add);
        return branches;
    }

    /** {@code SSLOptions}: words with a sign change what an outer section says; those without one replace it. */
    private static Optional<Boolean> legacyNames(Entry scope) {
        Optional<Boolean> legacy = Optional.empty();
        for (Entry line : scope.all("ssloptions")) {
            List<String> words =
                    List.of(line.value().strip().toLowerCase(Locale.ROOT).split("\s+"));
            if (words.stream().anyMatch(word -> !word.startsWith("+") && !word.startsWith("-"))) {
                legacy = Optional.of(false);
            }
            for (String word : words) {
                if (word.endsWith("legacydnstringformat")) {
                    legacy = Optional.of(!word.startsWith("-"));
                }
            }
        }
        return legacy;
    }

    private static Optional<Boolean> canonical(Values values) {
        Optional<Entry> entry = values.entry("usecanonicalname");
        if (entry.filter(e -> e.value().strip().equalsIgnoreCase("dns")).isPresent()) {
            values.bad(entry.get(), "On or Off; names are never looked up");
            return Optional.empty();
        }
        return values.flag("usecanonicalname");
    }

    private Optional<Handler> handler(Values values) {
        Optional<Entry> entry = values.entry("sethandler");
        String name = entry.map(e -> e.value().strip().toLowerCase(Locale.ROOT)).orElse("none");
        Optional<Handler> known = Arrays.stream(Handler.values())
                .filter(handler -> handler.word().equals(name))
                .findFirst();
        if (known.isPresent()) {
            return known;
        }
        if (name.startsWith("proxy:")) {
            values.bad(entry.orElseThrow(), HANDLERS + " or none; a member is reached with ProxyPass");
        } else if (name.startsWith("fairlead-") || name.startsWith("balancer-") || name.startsWith("server-")) {
            values.bad(entry.orElseThrow(), HANDLERS + " or none");
        } else if (!name.equals("none")) {
            problems.noEffect(
                    entry.orElseThrow().source(),
                    "SetHandler '" + name + "': Fairlead has no such handler; a member is reached with ProxyPass");
        }
        return Optional.empty();
    }

    /** {@code On}, {@code Off}, or {@code On} and the statuses that it is for. */
    private static Optional<ErrorOverride> errorOverride(Values values) {
        Optional<Entry> entry = values.entry("proxyerroroverride");
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        String[] words = entry.get().value().strip().toLowerCase(Locale.ROOT).split("\\s+");
        Optional<Boolean> on = Values.flagOf(words[0]);
        Set<Integer> statuses = new TreeSet<>();
        boolean readable = on.isPresent() && (on.get() || words.length == 1);
        for (int i = 1; i < words.length; i++) {
            readable &= words[i].matches("[45]\\d\\d") && statuses.add(Integer.valueOf(words[i]));
        }
        if (!readable) {
            values.bad(entry.get(), "Off, On, or On and statuses from 400 to 599");
            return Optional.empty();
        }
        return Optional.of(new ErrorOverride(on.get(), statuses));
    }
}
