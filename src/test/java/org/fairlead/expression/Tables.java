package org.fairlead.expression;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Tables of two columns with a tab between them, in which nothing needs to be quoted. */
final class Tables {
    private Tables() {}

    static Stream<Arguments> read(String name) {
        try (InputStream in = Tables.class.getResourceAsStream("/expression/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split("\t", 2))
                            .map(columns -> Arguments.of(columns[0], columns[1]))
                            .toList()
                            .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
