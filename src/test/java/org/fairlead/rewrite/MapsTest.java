package org.fairlead.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.fairlead.model.RewriteMap;
import org.fairlead.model.RewriteMap.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RewriteMap of each kind. */
class MapsTest {
    @TempDir
    private Path folder;

    private static Maps of(Kind kind, String source) {
        return new Maps(Map.of("m", new RewriteMap(kind, source)), System::nanoTime);
    }

    @ParameterizedTest(name = "int:{0} of {1}: {2}")
    @CsvSource({
        "tolower,  'AbZ-1\u00c4', 'abz-1\u00c4'",
        "toupper,  'AbZ-1\u00e4', 'ABZ-1\u00e4'",
        "escape,   a b?c, a%20b%3fc",
        "unescape, a%20b, a b"
    })
    void functionsChangeAsciiOnly(String function, String key, String value) {
        assertThat(of(Kind.INT, function).find("m", key)).hasValue(value);
    }

    @Test
    void anUnknownFunctionIsAMistakeOfTheReader() {
        assertThatThrownBy(() -> of(Kind.INT, "reverse").find("m", "a")).hasMessageContaining("int:reverse");
    }

    @Test
    void aFileHasAValueForItsKeysOnly() throws Exception {
        Path file = Files.writeString(folder.resolve("map.txt"), "# comment\na one\nb  two more\n");
        Maps maps = of(Kind.TXT, file.toString());
        assertThat(maps.find("m", "a")).hasValue("one");
        assertThat(maps.find("m", "c")).isEmpty();
        assertThat(maps.find("other", "a")).isEmpty();
    }

    @Test
    void everyOneOfSeveralValuesIsDrawn() throws Exception {
        Path file = Files.writeString(folder.resolve("map.txt"), "a x|y|z\n");
        Maps maps = of(Kind.RND, file.toString());
        Set<String> drawn = new HashSet<>();
        while (drawn.size() < 3) {
            drawn.add(maps.find("m", "a").orElseThrow());
        }
        assertThat(drawn).containsExactlyInAnyOrder("x", "y", "z");
    }
}
