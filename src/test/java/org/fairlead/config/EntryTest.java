package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Look-ups by name are the same whether a node has so few entries that they are looked through, or an index. */
class EntryTest {
    @ParameterizedTest(name = "{0} lines")
    @ValueSource(ints = {0, 1, 7, 8, 9, 5000})
    void entriesOfANameComeInTheOrderOfTheirLines(int lines) {
        Entry server = server(lines);

        assertThat(server.all("a").stream().map(Entry::value)).containsExactlyElementsOf(values(lines, 0));
        assertThat(server.last("b").map(Entry::value).stream()).containsExactlyElementsOf(lastOf(values(lines, 1)));
        assertThat(server.all("unknown")).isEmpty();
        assertThat(server.has("unknown")).isFalse();
    }

    @ParameterizedTest(name = "{0} lines")
    @ValueSource(ints = {0, 1, 7, 8, 9, 5000})
    void entriesOfSeveralNamesComeInTheOrderOfTheirLines(int lines) {
        assertThat(server(lines).named(name -> !name.equals("b")).stream()
                        .mapToInt(entry -> Integer.parseInt(entry.value()))
                        .boxed())
                .containsExactlyElementsOf(IntStream.range(0, lines)
                        .filter(line -> line % 3 != 1)
                        .boxed()
                        .toList());
    }

    @ParameterizedTest(name = "{0} lines")
    @ValueSource(ints = {100, 5000})
    void aConditionIsAskedOncePerNameAndNotOncePerLine(int lines) {
        List<String> asked = new ArrayList<>();

        server(lines).named(name -> asked.add(name) && name.equals("a"));

        assertThat(asked).containsExactlyInAnyOrder("a", "b", "c");
    }

    private static Entry server(int lines) {
        ImmutableNode.Builder root = new ImmutableNode.Builder();
        IntStream.range(0, lines)
                .forEach(line -> root.addChild(new ImmutableNode.Builder()
                        .name(List.of("a", "b", "c").get(line % 3))
                        .value(Integer.toString(line))
                        .create()));
        return Entry.root(root.create(), "test.conf");
    }

    private static List<String> values(int lines, int rest) {
        return IntStream.range(0, lines)
                .filter(line -> line % 3 == rest)
                .mapToObj(Integer::toString)
                .toList();
    }

    private static List<String> lastOf(List<String> values) {
        return values.isEmpty() ? List.of() : List.of(values.get(values.size() - 1));
    }
}
