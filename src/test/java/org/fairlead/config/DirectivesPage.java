package org.fairlead.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.fairlead.config.Directive.Place;
import org.fairlead.config.Directive.Shape;
import org.fairlead.config.Directive.Standing;

/** Writes the manual's page of every directive out of the code's own table, so that neither can say more than the other. */
final class DirectivesPage {
    private static final Map<Standing, String> WORDS = Map.of(
            Standing.RUNS, "runs",
            Standing.DIFFERS, "runs with a difference",
            Standing.NO_EFFECT, "no effect",
            Standing.REFUSED, "refused");
    /** What is done while reading, or takes its section's place. */
    private static final Set<Shape> OUTSIDE_THE_TREE =
            Set.of(Shape.READER, Shape.CONDITION, Shape.PROXY_SET, Shape.REWRITE_COND);
    /** An argument that can be shown as it is matched: a word, or words with a bar between. */
    private static final String PLAIN = "[a-z0-9 |]+";

    private final StringBuilder out = new StringBuilder();

    private DirectivesPage() {}

    static String text() {
        DirectivesPage page = new DirectivesPage();
        Map<String, List<Directive>> modules = Directives.ALL.all().stream()
                .collect(Collectors.groupingBy(Directive::module, LinkedHashMap::new, Collectors.toList()));
        page.head();
        modules.forEach((name, directives) -> {
            if (directives.stream().anyMatch(DirectivesPage::runs)) {
                page.module(name, directives);
            }
        });
        page.others(modules);
        return page.out.toString();
    }

    private void head() {
        out.append("""
                # Every httpd directive and its standing

                This page is made from the table that the program itself reads. What the directives that run take, and with
                which defaults, is in the [configuration reference](configuration.md).

                | standing | what it means | how many |
                |---|---|---|
                """);
        standing(Standing.RUNS, "does what it does in httpd; small differences are in [Differences](differences.md)");
        standing(Standing.DIFFERS, "does it in another way, and a notice says how");
        standing(Standing.NO_EFFECT, "is accepted and does nothing; a notice says what does it here");
        standing(
                Standing.REFUSED,
                "is an error, since leaving it out would change what clients get or may do; arguments with which"
                        + " it changes nothing are accepted");
        out.append("""

                A name that is not here is unknown: an error that names the nearest one. A star stands for every name that starts
                so.
                """);
    }

    private void standing(Standing standing, String meaning) {
        long count = Directives.ALL.all().stream()
                .filter(d -> d.standing() == standing)
                .count();
        out.append("| ")
                .append(WORDS.get(standing))
                .append(" | ")
                .append(meaning)
                .append(" | ")
                .append(count)
                .append(" |\n");
    }

    private void module(String name, List<Directive> directives) {
        out.append("\n## ").append(name).append("\n\n");
        out.append("| directive | standing | what to know | may stand in |\n|---|---|---|---|\n");
        alike(directives).forEach(rows -> row("", rows, " | " + (runs(rows.get(0)) ? places(rows.get(0)) : "")));
    }

    /** Modules of which nothing runs. */
    private void others(Map<String, List<Directive>> modules) {
        out.append("\n## Other modules\n\n");
        out.append("| module | directive | standing | what to know |\n|---|---|---|---|\n");
        modules.forEach((name, directives) -> {
            if (directives.stream().noneMatch(DirectivesPage::runs)) {
                alike(directives).forEach(rows -> row("| " + name + " ", rows, ""));
            }
        });
    }

    /** Those of which the same is to be said stand in one row; of what runs each has its own. */
    private static Collection<List<Directive>> alike(List<Directive> directives) {
        Map<String, List<Directive>> rows = new LinkedHashMap<>();
        for (Directive d : directives) {
            String key = runs(d) ? d.name() : d.standing() + "\n" + know(d);
            rows.computeIfAbsent(key, k -> new ArrayList<>()).add(d);
        }
        return rows.values();
    }

    private void row(String before, List<Directive> alike, String after) {
        Directive first = alike.get(0);
        String names =
                alike.stream().map(d -> code(runs(d) ? d.usage() : d.name())).collect(Collectors.joining(", "));
        out.append(before)
                .append("| ")
                .append(names)
                .append(" | ")
                .append(WORDS.get(first.standing()))
                .append(" | ")
                .append(know(first))
                .append(after)
                .append(" |\n");
    }

    private static boolean runs(Directive d) {
        return d.standing() == Standing.RUNS || d.standing() == Standing.DIFFERS;
    }

    private static String know(Directive d) {
        StringBuilder know = new StringBuilder(cell(d.text()));
        if (d.harmless().isPresent()) {
            String arguments = d.harmless().get().pattern();
            know.append(". Accepted ")
                    .append(
                            arguments.matches(PLAIN)
                                    ? "with " + code(arguments.replace("|", ", "))
                                    : "where that changes nothing")
                    .append(d.harmlessText().isEmpty() ? "" : ": " + cell(d.harmlessText()));
        }
        return know.toString();
    }

    private static String places(Directive d) {
        List<String> places = new ArrayList<>();
        for (Place place : Place.values()) {
            if (d.places().contains(place) && isRead(d, place)) {
                places.add(place == Place.SERVER ? "main server" : code(place.words()));
            }
        }
        return String.join(", ", places);
    }

    /** Whether the reader of the tree takes there what the reader of the text let pass. */
    static boolean isRead(Directive d, Place place) {
        boolean inTree = !OUTSIDE_THE_TREE.contains(d.shape());
        return switch (place) {
            case SERVER -> !inTree || Schema.names("").contains(d.node());
            // What is about connections may stand there and holds for none of its requests alone, which a notice tells.
            case HOST -> !inTree || Schema.names("virtualhost").contains(d.node()) && !Schema.isOfConnection(d.node());
            case LOCATION -> !inTree || Schema.names("location").contains(d.node());
            // Routes have no place in a section about members.
            case PROXY -> !inTree || Schema.names("proxy").contains(d.node()) && !Schema.isOfLocationOnly(d.node());
            // Passed over whole, so nothing in it does anything; what may stand in a choice is what a location may say.
            case DIRECTORY, CHOICE -> false;
        };
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    /** Text between code spans: what would be markup is shown as it is. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("(<[A-Za-z]+>|\\$\\{[A-Za-z]+}|\\b[A-Za-z]+=(?= |,|;|$))", "`$1`");
    }
}
