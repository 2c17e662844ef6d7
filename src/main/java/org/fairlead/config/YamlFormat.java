package org.fairlead.config;

import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The YAML format, of which JSON is a subset. Nodes are only composed, never constructed, so no tag can make an object,
 * and every scalar keeps its text ({@code On} is no boolean here). A list is the same name several times.
 */
final class YamlFormat implements NativeFormat {
    private static final int MAX_DEPTH = 20;

    private final String language;

    YamlFormat() {
        this("YAML");
    }

    /** @param language what messages call it */
    YamlFormat(String language) {
        this.language = language;
    }

    @Override
    public void read(Reader text, TreeBuilder root, NativeSource source) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        try {
            Node node = new Yaml(options).compose(text);
            if (node instanceof MappingNode mapping) {
                new Walk(source).mapping(mapping, root, 0);
            } else if (node != null && !isNothing(node)) {
                source.broken(line(node), "the file (expected: keys and values)");
            }
        } catch (MarkedYAMLException broken) {
            source.broken(line(broken.getProblemMark()), oneLine(broken.getProblem()));
        } catch (YAMLException broken) {
            source.broken(0, oneLine(broken.getMessage()));
        }
    }

    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag() == Tag.NULL;
    }

    private String oneLine(String message) {
        return language + ": " + Quoted.of(message.lines().findFirst().orElse(message));
    }

    private static int line(Node node) {
        return line(node.getStartMark());
    }

    private static int line(Mark mark) {
        return mark == null ? 0 : mark.getLine() + 1;
    }

    /** Carries composed nodes over into the tree, counting them because aliases multiply. */
    private static final class Walk {
        private final NativeSource source;
        private int nodes;

        Walk(NativeSource source) {
            this.source = source;
        }

        void mapping(MappingNode mapping, TreeBuilder parent, int depth) {
            Map<String, Integer> lines = new HashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    source.error(line(tuple.getKeyNode()), "a key (expected: a word)");
                    continue;
                }
                TreeBuilder probe = new TreeBuilder(key.getValue(), source.file(), line(key));
                Integer earlier = lines.putIfAbsent(probe.name(), line(key));
                if (earlier != null) {
                    source.error(
                            line(key),
                            Quoted.of(probe.name()) + ": given in line " + earlier
                                    + " already (expected: once; several values are a list)");
                } else {
                    value(key, tuple.getValueNode(), parent, depth + 1);
                }
            }
        }

        private void value(ScalarNode key, Node value, TreeBuilder parent, int depth) {
            if (value instanceof SequenceNode list) {
                list.getValue().forEach(item -> single(key.getValue(), line(item), item, parent, depth));
            } else {
                single(key.getValue(), line(key), value, parent, depth);
            }
        }

        private void single(String name, int line, Node value, TreeBuilder parent, int depth) {
            if (depth > MAX_DEPTH || ++nodes > NativeSource.MAX_NODES) {
                throw new YAMLException("too deep or too large once its aliases are followed");
            }
            if (!value.getTag().startsWith(Tag.PREFIX) || isForeign(value.getTag())) {
                source.error(
                        line,
                        Quoted.of(name) + ": a tag " + Quoted.of(value.getTag().toString())
                                + " (expected: plain values)");
            } else if (value instanceof MappingNode mapping) {
                mapping(mapping, parent.child(name, line), depth);
            } else if (value instanceof ScalarNode scalar) {
                source.fill(parent.child(name, line), isNothing(scalar) ? "" : scalar.getValue());
            } else {
                source.error(line, Quoted.of(name) + " (expected: a value or keys, not a list in a list)");
            }
        }

        private static boolean isForeign(Tag tag) {
            return !(tag.equals(Tag.STR)
                    || tag.equals(Tag.INT)
                    || tag.equals(Tag.FLOAT)
                    || tag.equals(Tag.BOOL)
                    || tag.equals(Tag.NULL)
                    || tag.equals(Tag.TIMESTAMP)
                    || tag.equals(Tag.MAP)
                    || tag.equals(Tag.SEQ)
                    || tag.equals(Tag.MERGE));
        }
    }
}
