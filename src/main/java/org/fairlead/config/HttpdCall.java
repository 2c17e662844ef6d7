package org.fairlead.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.fairlead.model.Source;

/** One line with a directive: its arguments, its place, and the method that reports errors in it. */
final class HttpdCall {
    private final Directive directive;
    private final Directive.Place place;
    private final Source source;
    private final String arguments;
    private final HttpdWords words;
    private final Path base;
    private final Problems problems;
    private boolean comment;

    /**
     * @param arguments what follows the directive's name; for a section without the closing bracket
     * @param base the folder from which relative file names count
     */
    HttpdCall(
            Directive directive, Directive.Place place, Source source, String arguments, Path base, Problems problems) {
        this.directive = directive;
        this.place = place;
        this.source = source;
        this.arguments = arguments;
        this.words = new HttpdWords(arguments);
        this.base = base;
        this.problems = problems;
    }

    Directive directive() {
        return directive;
    }

    Directive.Place place() {
        return place;
    }

    /** What follows the directive's name, as written. */
    String arguments() {
        return arguments;
    }

    boolean hasNext() {
        return words.hasNext();
    }

    /** All arguments as they are written. */
    String text() {
        return HttpdWords.strip(arguments);
    }

    /** Returns the next word, empty when there is none. */
    String next() {
        String word = words.next();
        comment |= word.startsWith("#") && !words.wasQuoted();
        return word;
    }

    /** Returns all words that are left. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        while (hasNext()) {
            all.add(next());
        }
        return all;
    }

    String nextInBraces() {
        return words.nextInBraces();
    }

    boolean sawComment() {
        return comment;
    }

    /** Returns a node named after the directive. */
    HttpdNode node() {
        return new HttpdNode(directive.node(), source);
    }

    HttpdNode node(String name) {
        return new HttpdNode(name, source);
    }

    /** Returns the file name made absolute; one that the system cannot name stays as it is. */
    String file(String name) {
        try {
            return base.resolve(name).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            return name;
        }
    }

    /** Tells that a word of the line does nothing, in httpd as here. */
    void tellUnused(String word) {
        problems.noEffect(
                source, directive.name() + ": the word '" + Quoted.of(word) + "' does nothing, nor does it in httpd");
    }

    /** Reports that the arguments cannot be; returns what the line leaves in the tree: nothing. */
    List<ImmutableNode> refuse(String reason) {
        while (hasNext()) {
            next();
        }
        String why = comment ? "a comment must stand on a line of its own" : reason;
        String shown =
                arguments.isEmpty() ? "" : " '" + Quoted.of(Secrets.arguments(directive.name(), arguments)) + "'";
        problems.error(source, directive.name() + shown + ": " + why + " (expected: " + directive.usage() + ")");
        return List.of();
    }
}
