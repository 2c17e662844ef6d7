package org.fairlead.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** Reads httpd text for tests and shows what became of it. */
final class HttpdTrees {
    static final Map<String, String> ENVIRONMENT = Map.of("HOME_OF_TEST", "/home/test", "TWO", "one two");

    private HttpdTrees() {}

    /** What a text became. */
    record Reading(HttpdConfiguration configuration, Problems problems) {
        /** The tree, a line for a node, indented below its parent. */
        String tree() {
            StringBuilder text = new StringBuilder();
            dump(configuration.getNodeModel().getRootNode().getChildren(), "", text);
            return text.toString();
        }

        /** Every problem with its severity's first letter, a line for each. */
        String told() {
            return problems.all().stream()
                    .map(p -> p.severity().name().charAt(0) + " " + p)
                    .collect(Collectors.joining("\n"));
        }
    }

    static Reading read(String text, String... defines) {
        Problems problems = new Problems();
        HttpdConfiguration configuration = new HttpdConfiguration(
                "fairlead.conf",
                Optional.empty(),
                problems,
                List.of(defines),
                name -> Optional.ofNullable(ENVIRONMENT.get(name)));
        try {
            configuration.read(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reading(configuration, problems);
    }

    static Reading read(Path file, String... defines) throws IOException {
        Problems problems = new Problems();
        HttpdConfiguration configuration = new HttpdConfiguration(file, problems, List.of(defines));
        configuration.read();
        return new Reading(configuration, problems);
    }

    private static void dump(List<ImmutableNode> nodes, String indent, StringBuilder text) {
        for (ImmutableNode node : nodes) {
            text.append(indent).append(node.getNodeName());
            if (node.getValue() != null) {
                text.append(": ").append(node.getValue());
            }
            text.append('\n');
            dump(node.getChildren(), indent + "  ", text);
        }
    }
}
