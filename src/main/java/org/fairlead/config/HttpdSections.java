package org.fairlead.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.fairlead.model.Source;

/** The stack of open sections, the innermost first, and the effects of opening and closing one. Not thread-safe. */
final class HttpdSections {
    private final Deque<HttpdSection> open = new ArrayDeque<>();
    private final HttpdConditions conditions;
    private final HttpdFiles files;
    private final HttpdNotices notices;
    private final PassedOver passedOver;
    private final Problems problems;
    /** Sections below belong to the file that includes the one being read. */
    private int floor = 1;

    HttpdSections(String file, HttpdConditions conditions, HttpdFiles files, HttpdNotices notices, Problems problems) {
        this.conditions = conditions;
        this.files = files;
        this.notices = notices;
        this.passedOver = new PassedOver(notices, problems);
        this.problems = problems;
        open.push(HttpdSection.root(file));
    }

    static String unknown(String name) {
        String meant = Directives.ALL
                .nearest(name)
                .map(n -> " (did you mean " + n + "?)")
                .orElse("");
        return Quoted.of(name) + (name.startsWith("<") ? ">: unknown section" : ": unknown directive") + meant;
    }

    static String misplaced(Directive directive, Directive.Place place) {
        if (place == Directive.Place.CHOICE && directive.places().contains(Directive.Place.LOCATION)) {
            return directive.name()
                    + ": may not stand in <If>, because where a request goes does not depend on"
                    + " conditions (expected: around it, or in a <Location>)";
        }
        StringBuilder where = new StringBuilder();
        for (Directive.Place allowed : Directive.Place.values()) {
            if (directive.places().contains(allowed) && allowed != Directive.Place.CHOICE) {
                where.append(where.isEmpty() ? "" : ", ").append(allowed.words());
            }
        }
        return directive.name() + ": may not stand in " + place.words() + " (expected: in " + where + ")";
    }

    static String refused(Directive directive, String arguments) {
        String shown =
                arguments.isBlank() ? "" : " '" + Quoted.of(Secrets.arguments(directive.name(), arguments)) + "'";
        return directive.name() + shown + ": " + directive.text();
    }

    /** Says that another file begins, which may close only what it opens; returns what {@link #endFile} needs. */
    int beginFile() {
        int outer = floor;
        floor = open.size();
        return outer;
    }

    /** The whole tree, once every section is closed. */
    ImmutableNode tree() {
        tellConditions(open.getLast());
        return open.getLast().build().orElseThrow();
    }

    /** How many sections are open inside each other. */
    int depth() {
        return open.size() - 1;
    }

    boolean inSkipped() {
        return open.getFirst().isSkipped();
    }

    /** Where lines stand now: in the innermost section that is more than a condition. */
    Directive.Place place() {
        return open.getFirst().place();
    }

    void add(List<ImmutableNode> nodes) {
        holder().add(nodes);
    }

    private HttpdSection holder() {
        return open.stream().filter(s -> !s.isThrough()).findFirst().orElseThrow();
    }

    /** Why lines are passed over here although they may matter. */
    Optional<HttpdSection.Lack> lack() {
        return open.getFirst().lack();
    }

    /** Takes a line of a section that is passed over for want of a module: it has no effect, but may be an error. */
    void passOver(Source source, String text, HttpdSection.Lack lack) {
        HttpdWords words = new HttpdWords(text);
        String word = words.next();
        String name = word.startsWith("<") && word.endsWith(">") ? word.substring(0, word.length() - 1) : word;
        passedOver.line(source, name, words.rest(), lack);
        if (!name.startsWith("<")) {
            return;
        }
        Optional<Directive> directive = Directives.ALL.find(name);
        String arguments = words.rest().replaceFirst(">[^>]*$", "");
        boolean off = directive
                .filter(d -> d.shape() == Directive.Shape.CONDITION)
                .map(d -> conditions.decide(d.node(), arguments, files.base()))
                .filter(v -> !v.holds() && v.lack().isEmpty())
                .isPresent();
        boolean aboutFiles = directive
                .filter(d -> d.shape() == Directive.Shape.ANY)
                .filter(d -> d.standing() == Directive.Standing.NO_EFFECT)
                .isPresent();
        open.push(off || aboutFiles ? HttpdSection.skipped(name, source) : HttpdSection.lacking(name, source, lack));
    }

    /** Opens a section whose lines are skipped. */
    void skip(Source source, String word) {
        if (word.startsWith("<")) {
            open.push(HttpdSection.skipped(word.endsWith(">") ? word.substring(0, word.length() - 1) : word, source));
        }
    }

    /**
     * Opens a section.
     *
     * @param word its first word: {@code <Location}, {@code <RequireAll>}
     * @param rest what follows on the line
     */
    void open(Source source, String word, String rest) {
        boolean closed = word.endsWith(">");
        String name = closed ? word.substring(0, word.length() - 1) : word;
        int end = rest.lastIndexOf('>');
        if (end < 0 && !(closed && rest.isEmpty())) {
            problems.error(source, Quoted.of(name) + ": the closing '>' is missing");
        }
        if (end >= 0) {
            nothingBehind(source, name + " ...>", HttpdWords.strip(rest.substring(end + 1)));
        }
        String arguments = end >= 0 ? rest.substring(0, end) : rest;
        Optional<Directive> directive = Directives.ALL.find(name);
        Optional<String> wrong = directive.isEmpty()
                ? Optional.of(unknown(name))
                : directive.filter(d -> !d.places().contains(place())).map(d -> misplaced(d, place()));
        wrong.ifPresentOrElse(
                text -> {
                    problems.error(source, text);
                    open.push(HttpdSection.skipped(name, source));
                },
                () -> open.push(opened(source, name, directive.orElseThrow(), arguments)));
    }

    private void nothingBehind(Source source, String section, String text) {
        if (!text.isEmpty() && text.charAt(0) != '#') {
            problems.error(source, section + ": '" + Quoted.of(text) + "' must stand on a line of its own");
        }
    }

    private HttpdSection opened(Source source, String name, Directive directive, String arguments) {
        switch (directive.standing()) {
            case REFUSED -> {
                problems.error(source, refused(directive, arguments), directive.module() + directive.text());
                return HttpdSection.skipped(name, source);
            }
            case NO_EFFECT -> {
                notices.add(Problem.Severity.NO_EFFECT, source, directive.name() + ": " + directive.text());
                return directive.shape() == Directive.Shape.TRANSPARENT
                        ? HttpdSection.through(name, source, place())
                        : HttpdSection.skipped(name, source);
            }
            default -> {
                return directive.shape() == Directive.Shape.CONDITION
                        ? condition(source, name, directive, arguments)
                        : own(source, name, directive, arguments);
            }
        }
    }

    private HttpdSection condition(Source source, String name, Directive directive, String arguments) {
        HttpdConditions.Verdict verdict = conditions.decide(directive.node(), arguments, files.base());
        String shown = Quoted.of(HttpdWords.strip(name + " " + arguments)) + ">: ";
        verdict.wrong()
                .ifPresent(text -> problems.error(source, shown + text + " (expected: " + directive.usage() + ")"));
        if (verdict.lack().isPresent()) {
            String section = shown.substring(0, shown.length() - 2);
            notices.add(
                    Problem.Severity.NO_EFFECT,
                    source,
                    shown + "passed over, as " + verdict.lack().get());
            return HttpdSection.lacking(
                    name, source, new HttpdSection.Lack(section, verdict.lack().get()));
        }
        return verdict.holds() ? HttpdSection.through(name, source, place()) : HttpdSection.skipped(name, source);
    }

    private HttpdSection own(Source source, String name, Directive directive, String arguments) {
        HttpdCall call = new HttpdCall(directive, place(), source, HttpdWords.strip(arguments), files.base(), problems);
        List<ImmutableNode> nodes = HttpdArguments.nodes(call);
        Directive.Place inside = switch (directive.shape()) {
            case HOST_SECTION -> Directive.Place.HOST;
            case LOCATION_SECTION, LOCATION_MATCH_SECTION -> Directive.Place.LOCATION;
            case IF_SECTION, ELSE_SECTION -> Directive.Place.CHOICE;
            case REQUIRE_SECTION, LIMIT_SECTION -> place();
            default -> Directive.Place.PROXY;
        };
        boolean needsNothing = directive.shape() == Directive.Shape.ELSE_SECTION
                || directive.shape() == Directive.Shape.REQUIRE_SECTION;
        if (nodes.isEmpty() && !needsNothing) {
            return HttpdSection.broken(name, source, inside);
        }
        HttpdSection section = HttpdSection.own(name, source, inside, call.node());
        section.add(nodes);
        return section;
    }

    /** Closes the innermost section; of a wrong order the outer section that was meant. */
    void close(Source source, String line) {
        HttpdWords words = new HttpdWords(line);
        String word = words.next();
        boolean closed = word.endsWith(">");
        String name = "<" + (closed ? word.substring(2, word.length() - 1) : word.substring(2));
        String shown = "</" + Quoted.of(name.substring(1)) + ">";
        if (!closed) {
            problems.error(source, shown + ": the closing '>' is missing");
        } else {
            nothingBehind(source, shown, words.rest());
        }
        if (!isOpen(name)) {
            String inner = open.size() > floor ? " (open is " + shown(open.getFirst()) + ")" : "";
            problems.error(source, shown + " without " + Quoted.of(name) + ">" + inner);
            return;
        }
        while (!open.getFirst().name().equalsIgnoreCase(name)) {
            problems.error(source, shown + " before the end of " + shown(open.getFirst()));
            finish(open.pop());
        }
        finish(open.pop());
    }

    private boolean isOpen(String name) {
        return open.stream()
                .limit(open.size() - (long) floor)
                .anyMatch(s -> s.name().equalsIgnoreCase(name));
    }

    private static String shown(HttpdSection section) {
        return Quoted.of(section.name()) + ">, line " + section.opened().line();
    }

    private void finish(HttpdSection section) {
        tellConditions(section);
        section.build().ifPresent(node -> add(List.of(node)));
    }

    private void tellConditions(HttpdSection section) {
        for (ImmutableNode condition : section.conditionsWithoutRule()) {
            Source source = new Source(condition.getAttributes().get("file").toString(), (Integer)
                    condition.getAttributes().get("line"));
            notices.add(Problem.Severity.NO_EFFECT, source, "RewriteCond: no RewriteRule follows, so it does nothing");
        }
    }

    /** Closes what the file left open, which is an error, and returns to the outer file. */
    void endFile(int outer) {
        while (open.size() > floor) {
            HttpdSection section = open.pop();
            String name = Quoted.of(section.name());
            problems.error(
                    section.opened(), name + ">: is not closed (expected: </" + name.substring(1) + "> in this file)");
            finish(section);
        }
        floor = outer;
    }
}
