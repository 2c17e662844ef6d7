package org.fairlead.config;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.PropertiesConfiguration.PropertiesReader;

/**
 * Properties with commons-configuration's hierarchical keys: {@code proxy(0).balancermember(1).url=http://b:8001}. An
 * index counts from 0 and may be left out where there is only one; entries of one name are in the order of their
 * indices, whatever the order of the lines.
 */
final class PropertiesFormat implements NativeFormat {
    private static final Pattern STEP = Pattern.compile("([A-Za-z][A-Za-z0-9_*-]*)(?:\\((\\d{1,4})\\))?");

    /** One node while keys still come in any order. */
    private static final class Branch {
        private final int line;
        private final Map<String, SortedMap<Integer, Branch>> children = new LinkedHashMap<>();
        private String text = "";
        private boolean given;

        Branch(int line) {
            this.line = line;
        }

        Branch child(String name, int index, int line) {
            return children.computeIfAbsent(name, n -> new TreeMap<>()).computeIfAbsent(index, i -> new Branch(line));
        }
    }

    @Override
    public void read(Reader text, TreeBuilder root, NativeSource source) throws IOException {
        Branch all = new Branch(0);
        Map<String, Integer> lines = new HashMap<>();
        try (PropertiesReader reader = new PropertiesReader(text)) {
            while (reader.nextProperty()) {
                int line = reader.getLineNumber();
                String key = reader.getPropertyName();
                Integer earlier = lines.putIfAbsent(key, line);
                if (earlier != null) {
                    source.error(
                            line,
                            Quoted.of(key) + ": given in line " + earlier
                                    + " already (expected: once; several values are " + Quoted.of(key) + "(0), "
                                    + Quoted.of(key) + "(1) …)");
                } else {
                    put(all, key, reader.getPropertyValue(), line, source);
                }
            }
        } catch (IllegalArgumentException broken) {
            source.broken(0, "properties: " + Quoted.of(String.valueOf(broken.getMessage())));
        }
        fill(all, root, source);
    }

    private static void put(Branch all, String key, String value, int line, NativeSource source) {
        Branch branch = all;
        for (String step : key.split("\\.", -1)) {
            Matcher m = STEP.matcher(step);
            if (!m.matches()) {
                source.error(
                        line,
                        Quoted.of(key) + " (expected: words with dots between and indices in brackets, such as"
                                + " proxy(0).url)");
                return;
            }
            int index = m.group(2) == null ? 0 : Integer.parseInt(m.group(2));
            branch = branch.child(m.group(1), index, line);
        }
        branch.text = value;
        branch.given = true;
    }

    private static void fill(Branch branch, TreeBuilder node, NativeSource source) {
        branch.children.forEach((name, byIndex) -> byIndex.values().forEach(child -> {
            TreeBuilder added = node.child(name, child.line);
            if (child.given) {
                source.fill(added, child.text);
            }
            fill(child, added, source);
        }));
    }
}
