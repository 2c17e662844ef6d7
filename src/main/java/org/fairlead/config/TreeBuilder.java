package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** A node of the configuration tree while its text is being read. Not thread-safe. */
final class TreeBuilder {
    private final String name;
    private final String file;
    private final int line;
    private final List<TreeBuilder> children = new ArrayList<>();
    private Optional<String> value = Optional.empty();

    /** @param line counted from 1; 0 where the node stands for the whole file */
    TreeBuilder(String name, String file, int line) {
        this.name = name.toLowerCase(Locale.ROOT);
        this.file = file;
        this.line = line;
    }

    String name() {
        return name;
    }

    int line() {
        return line;
    }

    List<TreeBuilder> children() {
        return children;
    }

    boolean hasValue() {
        return value.isPresent();
    }

    void value(String text) {
        value = Optional.of(text);
    }

    TreeBuilder child(String childName, int childLine) {
        TreeBuilder child = new TreeBuilder(childName, file, childLine);
        children.add(child);
        return child;
    }

    ImmutableNode build() {
        ImmutableNode.Builder builder = new ImmutableNode.Builder(children.size()).name(name);
        value.ifPresent(builder::value);
        if (line > 0) {
            builder.addAttribute(Entry.FILE, file).addAttribute(Entry.LINE, line);
        }
        children.forEach(child -> builder.addChild(child.build()));
        return builder.create();
    }
}
