package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.fairlead.access.AccessControl;
import org.fairlead.model.Methods;
import org.fairlead.model.Requirement;
import org.fairlead.model.Requirement.Group;
import org.fairlead.model.Requirement.Line;
import org.fairlead.model.Requirement.Logic;
import org.fairlead.model.Requirement.Provider;

/** Reads {@code Require} lines and the sections that group them (mod_authz_core). */
final class RequirementReader {
    private static final String PROVIDERS = "all, ip, host, forward-dns, local, expr, env, method, valid-user, user,"
            + " group, ssl or ssl-verify-client; what asks others is not supported, so nobody would be let in";

    private final Problems problems;

    RequirementReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Everything that a section requires: one group of which one part must be met, as in httpd.
     *
     * @param methods of a {@code <Limit>} or {@code <LimitExcept>}
     */
    Optional<Group> read(Entry scope, Function<Entry, Methods> methods) {
        List<Requirement> parts = new ArrayList<>(parts(scope, Logic.ANY, Methods.ALL));
        for (Entry limit : scope.entries()) {
            if (limit.name().equals("limit") || limit.name().equals("limitexcept")) {
                parts.addAll(parts(limit, Logic.ANY, methods.apply(limit)));
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(new Group(Logic.ANY, parts));
    }

    private List<Requirement> parts(Entry scope, Logic logic, Methods methods) {
        List<Requirement> parts = new ArrayList<>();
        for (Entry entry : scope.entries()) {
            Optional<Requirement> part = switch (entry.name()) {
                case "require" -> line(entry, methods);
                case "requireall" -> group(entry, Logic.ALL, methods);
                case "requireany" -> group(entry, Logic.ANY, methods);
                case "requirenone" -> group(entry, Logic.NONE, methods);
                default -> Optional.empty();
            };
            part.ifPresent(p -> {
                if (isNegative(p) && logic != Logic.ALL) {
                    problems.error(
                            entry.source(),
                            shown(entry)
                                    + ": lets nobody in, so it has no effect here (expected: inside <RequireAll>)");
                }
                parts.add(p);
            });
        }
        return parts;
    }

    private static String shown(Entry entry) {
        return entry.name().equals("require")
                ? entry.spelling() + " '" + Quoted.of(entry.value()) + "'"
                : "<" + entry.spelling() + ">";
    }

    private static boolean isNegative(Requirement part) {
        return part instanceof Line line ? line.negated() : ((Group) part).logic() == Logic.NONE;
    }

    private Optional<Requirement> group(Entry section, Logic logic, Methods methods) {
        List<Requirement> parts = parts(section, logic, methods);
        if (parts.isEmpty()) {
            problems.error(section.source(), shown(section) + ": is empty (expected: Require lines inside)");
            return Optional.empty();
        }
        if (parts.stream().allMatch(RequirementReader::isNegative)) {
            problems.error(
                    section.source(), shown(section) + ": lets nobody in (expected: one line without 'not' inside)");
        }
        return Optional.of(new Group(logic, parts));
    }

    private Optional<Requirement> line(Entry entry, Methods methods) {
        HttpdWords words = new HttpdWords(entry.value().strip());
        String first = words.next();
        boolean negated = first.equalsIgnoreCase("not");
        String name = (negated ? words.next() : first).toLowerCase(Locale.ROOT);
        for (Provider provider : Provider.values()) {
            if (provider.word().equals(name)) {
                Line line = new Line(negated, provider, HttpdWords.strip(words.rest()), methods, entry.source());
                Optional<String> problem = AccessControl.problem(line);
                problem.ifPresent(expected -> Values.bad(problems, entry, "behind " + name + ": " + expected));
                return problem.isPresent() ? Optional.empty() : Optional.of(line);
            }
        }
        Values.bad(problems, entry, PROVIDERS);
        return Optional.empty();
    }
}
