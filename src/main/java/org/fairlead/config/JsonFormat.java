package org.fairlead.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.stream.Collectors;

/**
 * JSON, which YAML's reader reads but for two things: tabs between the tokens (inside a JSON string none can stand),
 * and a slash that is escaped.
 */
final class JsonFormat implements NativeFormat {
    @Override
    public void read(Reader text, TreeBuilder root, NativeSource source) throws IOException {
        String all = new BufferedReader(text).lines().collect(Collectors.joining("\n"));
        String yaml = all.replace('\t', ' ').replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\\\\/", "$1/");
        new YamlFormat("JSON").read(new StringReader(yaml), root, source);
    }
}
