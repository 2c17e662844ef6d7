package org.fairlead.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.stream.Collectors;

/**
 * JSON, which YAML's reader reads, but for the tabs between its tokens: YAML allows none there, and inside a JSON string
 * none can stand.
 */
final class JsonFormat implements NativeFormat {
    @Override
    public void read(Reader text, TreeBuilder root, NativeSource source) throws IOException {
        String all = new BufferedReader(text).lines().collect(Collectors.joining("\n"));
        new YamlFormat().read(new StringReader(all.replace('\t', ' ')), root, source);
    }
}
