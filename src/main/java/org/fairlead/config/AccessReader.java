package org.fairlead.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.fairlead.access.AccessControl;
import org.fairlead.access.TokenFile;
import org.fairlead.expression.Subnet;
import org.fairlead.model.AccessConfig;
import org.fairlead.model.AccessConfig.Authentication;
import org.fairlead.model.AccessConfig.Merging;
import org.fairlead.model.CompatAccessConfig;
import org.fairlead.model.CompatAccessConfig.Kind;
import org.fairlead.model.CompatAccessConfig.Order;
import org.fairlead.model.CompatAccessConfig.OrderLine;
import org.fairlead.model.CompatAccessConfig.Origin;
import org.fairlead.model.CompatAccessConfig.SatisfyLine;
import org.fairlead.model.Methods;
import org.fairlead.model.Source;
import org.fairlead.model.TlsAccess;

/** Reads access rules: {@code Require}, {@code Order} and related directives, and the authentication of clients. */
final class AccessReader {
    private final Reading reading;
    private final Problems problems;
    private final RequirementReader requirements;

    AccessReader(Reading reading) {
        this.reading = reading;
        this.problems = reading.problems();
        this.requirements = new RequirementReader(problems);
    }

    /** What one section says; {@link AccessConfig#NONE} where it says nothing. */
    AccessConfig read(Entry scope) {
        List<Entry> limits = scope.entries().stream()
                .filter(e -> e.name().equals("limit") || e.name().equals("limitexcept"))
                .toList();
        Old old = new Old();
        old.read(scope, Methods.ALL);
        limits.forEach(limit -> old.read(limit, methods(limit)));
        // What is no business of methods holds for all of them, wherever it stands (httpd's cmd->limited).
        List<Entry> scopes = new ArrayList<>(List.of(scope));
        scopes.addAll(limits);
        AccessConfig access = new AccessConfig(
                requirements.read(scope, this::methods),
                last(scopes, "authmerging").flatMap(v -> v.word("authmerging", Merging.class)),
                last(scopes, "authzsendforbiddenonfailure").flatMap(v -> v.flag("authzsendforbiddenonfailure")),
                old.lines(),
                last(scopes, "authtype").flatMap(this::type),
                last(scopes, "authname").flatMap(this::realm),
                last(scopes, "authuserfile").flatMap(v -> file(v, "authuserfile")),
                last(scopes, "authgroupfile").flatMap(v -> file(v, "authgroupfile")),
                last(scopes, "authtokenfile").flatMap(this::tokenFile),
                tls(scopes));
        scopes.forEach(this::checkProviders);
        return access.saysNothing() ? AccessConfig.NONE : access;
    }

    /** Tells of a section that asks for certificates of clients. */
    void refuseVerification(Entry section) {
        section.last("sslverifyclient")
                .filter(e -> !e.value().strip().equalsIgnoreCase("none"))
                .ifPresent(e -> Values.bad(
                        problems,
                        e,
                        "none; a certificate is asked for before the path is known: say SSLVerifyClient optional in"
                                + " <VirtualHost> or outside any section, and Require ssl-verify-client here"));
    }

    private TlsAccess tls(List<Entry> scopes) {
        boolean only = last(scopes, "sslrequiressl")
                .map(v -> v.flag("sslrequiressl", false))
                .orElse(false);
        List<TlsAccess.Condition> conditions = new ArrayList<>();
        for (Entry line :
                scopes.stream().flatMap(s -> s.all("sslrequire").stream()).toList()) {
            if (Expressions.isSslRequire(line.value(), line, problems)) {
                conditions.add(new TlsAccess.Condition(line.value(), line.source()));
            }
        }
        return new TlsAccess(only, conditions);
    }

    private Optional<Values> last(List<Entry> scopes, String key) {
        return scopes.stream()
                .map(scope -> Values.in(scope, problems))
                .filter(values -> values.has(key))
                .reduce((first, second) -> second);
    }

    private Optional<Authentication> type(Values values) {
        Entry entry = values.entry("authtype").orElseThrow();
        for (Authentication type : Authentication.values()) {
            if (type.name().equalsIgnoreCase(entry.value())) {
                return Optional.of(type);
            }
        }
        values.bad(entry, "Basic or None; other ways to say who one is are not supported, so nobody would be let in");
        return Optional.empty();
    }

    private Optional<String> realm(Values values) {
        Entry entry = values.entry("authname").orElseThrow();
        Optional<String> problem = AccessControl.realmProblem(entry.value());
        problem.ifPresent(expected -> values.bad(entry, expected));
        return problem.isPresent() ? Optional.empty() : Optional.of(entry.value());
    }

    private Optional<Path> file(Values values, String key) {
        Entry entry = values.entry(key).orElseThrow();
        if (entry.value().isBlank()) {
            values.bad(entry, "a file");
            return Optional.empty();
        }
        return Optional.of(reading.path(entry.value()));
    }

    /** A file of tokens is read here too, so that its mistakes are told before it is needed. */
    private Optional<Path> tokenFile(Values values) {
        Optional<Path> file = file(values, "authtokenfile");
        Entry entry = values.entry("authtokenfile").orElseThrow();
        file.ifPresent(path -> {
            try {
                TokenFile.read(path)
                        .problems()
                        .forEach(problem -> problems.error(
                                new Source(path.toString(), problem.line()),
                                "AuthTokenFile (expected: " + problem.text() + ")"));
            } catch (IOException e) {
                values.bad(entry, "a file that can be read");
            }
        });
        return file;
    }

    private void checkProviders(Entry scope) {
        for (Entry provider : scope.all("authbasicprovider")) {
            if (!provider.value().strip().equalsIgnoreCase("file")) {
                Values.bad(problems, provider, "file; users are known from an AuthUserFile only");
            }
        }
    }

    private Methods methods(Entry limit) {
        Set<String> names = new HashSet<>();
        for (String name : limit.text("methods").strip().split("\\s+")) {
            if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                problems.error(limit.source(), limit.spelling() + " (expected: methods, such as GET POST)");
            } else if (name.equals("TRACE")) {
                problems.error(limit.source(), limit.spelling() + " 'TRACE' (expected: TraceEnable Off, as in httpd)");
            }
            names.add(name.equals("HEAD") ? "GET" : name);
        }
        return new Methods(limit.name().equals("limitexcept"), names);
    }

    /** The lines of mod_access_compat. */
    private final class Old {
        private final List<OrderLine> orders = new ArrayList<>();
        private final List<Origin> allows = new ArrayList<>();
        private final List<Origin> denies = new ArrayList<>();
        private final List<SatisfyLine> satisfies = new ArrayList<>();

        Optional<CompatAccessConfig> lines() {
            return Optional.of(new CompatAccessConfig(orders, allows, denies, satisfies));
        }

        void read(Entry scope, Methods methods) {
            for (Entry line : scope.entries()) {
                switch (line.name()) {
                    case "order" -> order(line, methods);
                    case "allow" -> origins(line, methods, allows);
                    case "deny" -> origins(line, methods, denies);
                    case "satisfy" -> satisfy(line, methods);
                    default -> {}
                }
            }
        }

        private void order(Entry line, Methods methods) {
            switch (line.value().strip().toLowerCase(Locale.ROOT)) {
                case "deny,allow" -> orders.add(new OrderLine(Order.DENY_ALLOW, methods));
                case "allow,deny" -> orders.add(new OrderLine(Order.ALLOW_DENY, methods));
                case "mutual-failure" -> orders.add(new OrderLine(Order.MUTUAL_FAILURE, methods));
                default ->
                    Values.bad(problems, line, "deny,allow or allow,deny or mutual-failure, without a blank in it");
            }
        }

        private void satisfy(Entry line, Methods methods) {
            String word = line.value().strip().toLowerCase(Locale.ROOT);
            if (word.equals("any") || word.equals("all")) {
                satisfies.add(new SatisfyLine(word.equals("any"), methods));
            } else {
                Values.bad(problems, line, "Any or All");
            }
        }

        private void origins(Entry line, Methods methods, List<Origin> into) {
            String[] words = line.value().strip().split("\\s+");
            if (words.length < 2 || !words[0].equalsIgnoreCase("from")) {
                Values.bad(problems, line, "from, and all, addresses, hosts or env=NAME behind it");
                return;
            }
            for (int i = 1; i < words.length; i++) {
                Optional<Origin> origin = origin(words[i], methods, line.source());
                origin.ifPresentOrElse(
                        into::add,
                        () -> Values.bad(
                                problems,
                                line,
                                "all, addresses, parts of one (10.1), ranges (10.0.0.0/8), hosts or env=NAME"));
            }
        }

        private static Optional<Origin> origin(String word, Methods methods, Source source) {
            if (word.regionMatches(true, 0, "env=!", 0, 5)) {
                return Optional.of(new Origin(Kind.NO_ENV, word.substring(5), methods, source));
            }
            if (word.regionMatches(true, 0, "env=", 0, 4)) {
                return Optional.of(new Origin(Kind.ENV, word.substring(4), methods, source));
            }
            if (word.equalsIgnoreCase("all")) {
                return Optional.of(new Origin(Kind.ALL, "", methods, source));
            }
            if (Subnet.parse(word).isPresent()) {
                return Optional.of(new Origin(Kind.IP, word, methods, source));
            }
            return word.matches("[A-Za-z0-9._-]+")
                    ? Optional.of(new Origin(Kind.HOST, word, methods, source))
                    : Optional.empty();
        }
    }
}
