package org.fairlead.config;

import java.util.Locale;
import java.util.Map;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.fairlead.model.Source;

/** A builder of a tree node; it and the nodes added by {@link #with} carry their source line. */
final class HttpdNode {
    private final ImmutableNode.Builder node;
    private final Source source;

    HttpdNode(String name, Source source) {
        this.source = source;
        node = new ImmutableNode.Builder().name(name).addAttributes(attributes(source));
    }

    static ImmutableNode leaf(String name, String value, Source source) {
        return new HttpdNode(name, source).value(value).build();
    }

    HttpdNode value(String value) {
        node.value(value);
        return this;
    }

    HttpdNode with(String name, String value) {
        node.addChild(leaf(name, value, source));
        return this;
    }

    HttpdNode with(Map<String, String> parameters) {
        parameters.forEach(this::with);
        return this;
    }

    HttpdNode flag(String name, boolean set) {
        return set ? with(name, "true") : this;
    }

    /** Puts in the condition {@code env=[!]name} or {@code expr=…}; false if the word is neither, or names nothing. */
    boolean condition(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.startsWith("env=") && !word.substring(4).replace("!", "").isEmpty()) {
            with("env", word.substring(4));
            return true;
        }
        if (lower.startsWith("expr=") && word.length() > 5) {
            with("expr", word.substring(5));
            return true;
        }
        return false;
    }

    HttpdNode add(ImmutableNode child) {
        node.addChild(child);
        return this;
    }

    ImmutableNode build() {
        return node.create();
    }

    private static Map<String, Object> attributes(Source source) {
        return Map.of("file", source.file(), "line", source.line());
    }
}
