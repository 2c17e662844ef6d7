package org.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the manual's page of guarantees to the tests that it names. */
class WirePageTest {
    private static final Path PAGE = Path.of("src/site/markdown/wire.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Map<String, String> CLASSES = classes();
    /** Some rows carry megabytes, so the table is made once. */
    private static final Set<String> ROWS = Rows.all().stream().map(Row::name).collect(Collectors.toUnmodifiableSet());

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern METHOD = Pattern.compile("([A-Z]\\w+(?:IT|Test))(?:\\.(\\w+))?");

    /** A promise of the page and what it says holds it. */
    private record Promise(String text, List<String> tests) {
        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Promise> promises() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| promise ") && !line.startsWith("|---"))
                .map(line -> line.substring(2, line.lastIndexOf(" |")))
                .map(line -> line.split(" \\| ", 2))
                .map(cells -> new Promise(
                        cells[0],
                        CODE.matcher(cells[1])
                                .results()
                                .map(MatchResult::group)
                                .map(code -> code.substring(1, code.length() - 1))
                                .toList()));
    }

    @Test
    void thereAreManyPromises() throws IOException {
        assertThat(promises()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("promises")
    void everyPromiseIsHeldByTestsThatExist(Promise promise) {
        assertThat(promise.tests()).as("tests of: " + promise).isNotEmpty();
        assertThat(promise.tests())
                .allSatisfy(test -> assertThat(exists(test))
                        .as("%s (a class, a class and its method, or a row of the wire table; * = any ending)", test)
                        .isTrue());
    }

    private static boolean exists(String test) throws ClassNotFoundException {
        var method = METHOD.matcher(test);
        if (!method.matches()) {
            return isRow(test);
        }
        Optional<Class<?>> type = find(method.group(1));
        return type.isPresent()
                && (method.group(2) == null
                        || Arrays.stream(type.get().getDeclaredMethods())
                                .anyMatch(m -> m.getName().equals(method.group(2))));
    }

    private static boolean isRow(String name) {
        boolean open = name.endsWith("*");
        String start = open ? name.substring(0, name.length() - 1) : name;
        return ROWS.stream().anyMatch(row -> open ? row.startsWith(start) : row.equals(start));
    }

    private static Optional<Class<?>> find(String simpleName) throws ClassNotFoundException {
        String name = CLASSES.get(simpleName);
        return name == null
                ? Optional.empty()
                : Optional.of(Class.forName(name, false, WirePageTest.class.getClassLoader()));
    }

    /** Every test's class by its simple name. */
    private static Map<String, String> classes() {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.map(file -> TESTS.relativize(file).toString())
                    .filter(file -> file.endsWith("IT.java") || file.endsWith("Test.java"))
                    .map(file -> file.substring(0, file.length() - ".java".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .collect(Collectors.toMap(name -> name.substring(name.lastIndexOf('.') + 1), name -> name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
