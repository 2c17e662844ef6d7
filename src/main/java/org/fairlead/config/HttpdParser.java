package org.fairlead.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.fairlead.model.Source;

/**
 * The parser of httpd's syntax: looks up each line's directive in the table and builds the tree by its row. Errors are
 * reported and parsing continues, up to a thousand errors. Not thread-safe.
 */
final class HttpdParser {
    /** Error limit: a file with more is no httpd configuration, and further errors are of no use. */
    static final int MAX_ERRORS = 1000;

    /** How many lines are read in all, included ones as often as they are included. */
    static final int MAX_LINES = 1_000_000;

    /** How deep sections may lie in each other; httpd's own configurations need four. */
    static final int MAX_SECTION_DEPTH = 200;

    private static final Pattern FILLED_IN_LATER = Pattern.compile("(?i)^proxypass.*\\sinterpolate\\b");

    private final Problems problems;
    private final HttpdVariables variables;
    private final HttpdFiles files;
    private final HttpdNotices notices = new HttpdNotices();
    private final HttpdSections sections;
    private final int errorsBefore;
    private final int mostLines;
    private int lines;
    private boolean stopped;

    HttpdParser(String file, HttpdFiles files, HttpdVariables variables, Problems problems, int mostLines) {
        this.mostLines = mostLines;
        this.files = files;
        this.variables = variables;
        this.problems = problems;
        this.errorsBefore = problems.errorCount();
        this.sections = new HttpdSections(file, new HttpdConditions(variables), files, notices, problems);
    }

    /** Reads the main file's text and returns the whole tree. */
    ImmutableNode tree(Reader in, String name) throws IOException {
        read(in, name);
        ImmutableNode tree = sections.tree();
        notices.tell(problems);
        return tree;
    }

    private void read(Reader in, String name) throws IOException {
        HttpdLines text = new HttpdLines(in, name, problems);
        int outer = sections.beginFile();
        Optional<HttpdLines.Line> line = text.next();
        while (line.isPresent() && !stopped) {
            line(line.get());
            line = mayGoOn(line.get().source()) ? text.next() : Optional.empty();
        }
        sections.endFile(outer);
    }

    private boolean mayGoOn(Source source) {
        lines++;
        if (!stopped && problems.errorCount() - errorsBefore >= MAX_ERRORS) {
            stop(source, "more than " + MAX_ERRORS + " errors");
        } else if (!stopped && lines >= mostLines) {
            stop(source, "more than " + mostLines + " lines");
        } else if (!stopped && sections.depth() > MAX_SECTION_DEPTH) {
            stop(source, "sections are more than " + MAX_SECTION_DEPTH + " deep in each other");
        }
        return !stopped;
    }

    private void stop(Source source, String reason) {
        problems.error(source, reason + ": the rest was not read");
        stopped = true;
    }

    private void line(HttpdLines.Line line) {
        Source source = line.source();
        String text = line.text();
        String written = new HttpdWords(text).next();
        if (written.startsWith("</")) {
            sections.close(source, text);
        } else if (sections.inSkipped()) {
            sections.skip(source, written);
        } else if (sections.lack().isPresent()) {
            passOver(source, text, sections.lack().get());
        } else {
            expanded(source, text).ifPresentOrElse(t -> whole(source, t), () -> {
                if (written.startsWith("<")) {
                    sections.skip(source, written);
                }
            });
        }
    }

    /** Files that such a line includes are read as well: their lines are passed over in the same way. */
    private void passOver(Source source, String text, HttpdSection.Lack lack) {
        HttpdWords words = new HttpdWords(text);
        Optional<Directive> include =
                Directives.ALL.find(words.next()).filter(d -> d.key().startsWith("include"));
        if (include.isEmpty()) {
            sections.passOver(source, text, lack);
            return;
        }
        Optional<String> arguments = Optional.of(variables.expand(words.rest()))
                .filter(e -> !e.tooLong() && e.unknown().isEmpty())
                .map(HttpdVariables.Expansion::text);
        Directive optional = Directives.ALL.find("IncludeOptional").orElseThrow();
        arguments.ifPresent(files -> include(source, call(source, optional, files)));
    }

    private void whole(Source source, String text) {
        HttpdWords words = new HttpdWords(text);
        String name = words.next();
        if (name.startsWith("<")) {
            sections.open(source, name, words.rest());
        } else {
            directive(source, name, words.rest());
        }
    }

    /** Expands a line; one with an undefined name is skipped, since its meaning is unknown. */
    private Optional<String> expanded(Source source, String text) {
        HttpdVariables.Expansion expansion = variables.expand(text);
        if (expansion.tooLong()) {
            stop(source, "with each ${NAME} filled in, the lines up to here become too long");
            return Optional.empty();
        }
        boolean later = FILLED_IN_LATER.matcher(text).find();
        if (expansion.unknown().isPresent() && !later) {
            String name = Quoted.of(expansion.unknown().get());
            problems.error(
                    source,
                    "${" + name
                            + "} is not defined (expected: a name of 'Define NAME value' above, or of an environment"
                            + " variable)");
            return Optional.empty();
        }
        expansion
                .assumed()
                .ifPresent(name -> notices.add(
                        Problem.Severity.DIFFERENCE,
                        source,
                        "${" + name + "} is set by nothing, so it is taken to be " + HttpdVariables.DEBIANS.get(name)
                                + ", as in Debian's /etc/apache2/envvars"));
        return Optional.of(expansion.text());
    }

    private void directive(Source source, String name, String arguments) {
        Optional<Directive> found = Directives.ALL.find(name);
        if (found.isEmpty()) {
            problems.error(source, HttpdSections.unknown(name));
            return;
        }
        Directive directive = found.get();
        if (!directive.places().contains(sections.place())) {
            problems.error(source, HttpdSections.misplaced(directive, sections.place()));
        } else if (directive.shape() == Directive.Shape.READER) {
            atOnce(source, directive, arguments);
        } else {
            settle(source, directive, arguments);
        }
    }

    private void settle(Source source, Directive directive, String arguments) {
        List<String> words = new HttpdWords(arguments).all();
        boolean refused = directive.standing() == Directive.Standing.REFUSED;
        if (refused && !directive.isHarmless(words)) {
            problems.error(source, HttpdSections.refused(directive, arguments), directive.module() + directive.text());
            return;
        }
        if (directive.shape() != Directive.Shape.ANY) {
            List<ImmutableNode> nodes = HttpdArguments.nodes(call(source, directive, arguments));
            if (nodes.isEmpty()) {
                return;
            }
            sections.add(nodes);
        }
        if (refused) {
            tell(source, directive, directive.harmlessText(), directive.harmlessDiffers());
        } else {
            tell(source, directive, directive.text(), directive.standing() == Directive.Standing.DIFFERS);
        }
    }

    private void tell(Source source, Directive directive, String text, boolean differs) {
        if (!text.isEmpty()) {
            Problem.Severity severity = differs ? Problem.Severity.DIFFERENCE : Problem.Severity.NO_EFFECT;
            notices.add(severity, source, directive, text);
        }
    }

    private HttpdCall call(Source source, Directive directive, String arguments) {
        return new HttpdCall(directive, sections.place(), source, arguments, files.base(), problems);
    }

    private void atOnce(Source source, Directive directive, String arguments) {
        HttpdCall call = call(source, directive, arguments);
        switch (directive.key()) {
            case "include", "includeoptional" -> include(source, call);
            case "define" -> define(call);
            case "undefine" -> undefine(call);
            case "serverroot" -> serverRoot(call);
            case "error" -> problems.error(source, "Error: " + message(arguments));
            case "warning" -> notices.add(Problem.Severity.NO_EFFECT, source, "Warning: " + message(arguments));
            default -> throw new IllegalStateException(directive.name());
        }
    }

    private static String message(String arguments) {
        return Quoted.of(String.join(" ", new HttpdWords(arguments).all()));
    }

    private void define(HttpdCall call) {
        String name = call.next();
        if (name.isEmpty()) {
            call.refuse("takes one or two arguments");
            return;
        }
        boolean hasValue = call.hasNext();
        String value = call.next();
        if (call.hasNext() || call.sawComment()) {
            call.refuse("takes one or two arguments; a value of several words stands in quotes");
        } else if (name.indexOf(':') >= 0) {
            call.refuse("a name holds no colon");
        } else if (hasValue) {
            variables.define(name, value);
        } else {
            variables.define(name);
        }
    }

    private void undefine(HttpdCall call) {
        String name = call.next();
        if (name.isEmpty() || call.hasNext()) {
            call.refuse("takes one argument");
        } else {
            variables.undefine(name);
        }
    }

    private void serverRoot(HttpdCall call) {
        String folder = call.next();
        if (folder.isEmpty() || call.hasNext() || !files.serverRoot(folder)) {
            call.refuse("takes one folder");
        }
    }

    private void include(Source source, HttpdCall call) {
        String pattern = call.next();
        if (pattern.isEmpty() || call.hasNext()) {
            call.refuse("takes one argument");
            return;
        }
        try {
            for (Path file : files.find(pattern)) {
                if (!stopped) {
                    include(source, call, file);
                }
            }
        } catch (HttpdIncludes.MissingException e) {
            if (call.directive().key().equals("include")) {
                call.refuse(e.getMessage());
            }
        } catch (IOException e) {
            call.refuse("cannot be read: " + Quoted.of(String.valueOf(e.getMessage())));
        }
    }

    private void include(Source source, HttpdCall call, Path file) throws IOException {
        Optional<String> refusal = files.refusal(file);
        if (refusal.isPresent()) {
            call.refuse(refusal.get());
            return;
        }
        BufferedReader in;
        try {
            in = files.open(file);
        } catch (IOException e) {
            problems.error(source, "Include: cannot read " + file + ": " + e.getMessage());
            return;
        }
        try (in) {
            read(in, file.toString());
        } finally {
            files.close();
        }
    }
}
