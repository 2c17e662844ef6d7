package org.fairlead.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fairlead.http.Json;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Properties below a name as a tree of the native format's keys: {@code fairlead.proxypass[0].path} is the key {@code
 * path} of the first {@code proxypass}. Keys may be spelt as Spring Boot allows: {@code proxy-pass} is {@code
 * proxypass}. One thread.
 */
final class PropertyTree {
    /** Keys of ours, which an environment variable may hold though no other source names them. */
    private static final Set<String> OWN = Set.of("enabled", "config", "httpd", "mapping", "proxies");

    private final String name;
    private final Map<String, Object> children;
    private final ConfigurableEnvironment environment;

    private PropertyTree(String name, Map<String, Object> children, ConfigurableEnvironment environment) {
        this.name = name;
        this.children = children;
        this.environment = environment;
    }

    /** Reads an environment; of several sources the first wins for each property, as everywhere in Spring Boot. */
    static PropertyTree of(ConfigurableEnvironment environment, String root) {
        ConfigurationPropertyName above = ConfigurationPropertyName.of(root);
        Map<ConfigurationPropertyName, ConfigurationProperty> found = new LinkedHashMap<>();
        Set<String> known = new LinkedHashSet<>(OWN);
        List<ConfigurationPropertySource> sources = new ArrayList<>();
        ConfigurationPropertySources.get(environment).forEach(sources::add);
        sources.stream()
                .filter(source -> !isProcess(source))
                .forEach(source -> names(source, above).forEach(next -> known.add(next.getElement(1, Form.UNIFORM))));
        for (ConfigurationPropertySource source : sources) {
            // Kubernetes sets variables such as FAIRLEAD_PORT for a service of this name.
            names(source, above)
                    .filter(next -> known.contains(next.getElement(1, Form.UNIFORM)))
                    .forEach(next -> found.putIfAbsent(next, source.getConfigurationProperty(next)));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        found.values().forEach(property -> put(tree, property, 1));
        return new PropertyTree(root, tree, environment);
    }

    private static boolean isProcess(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof org.springframework.core.env.PropertySource<?> own
                && (own.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                        || own.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME));
    }

    private static Stream<ConfigurationPropertyName> names(
            ConfigurationPropertySource source, ConfigurationPropertyName above) {
        return source instanceof IterableConfigurationPropertySource known
                ? known.stream().filter(above::isAncestorOf)
                : Stream.empty();
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> tree, ConfigurationProperty property, int depth) {
        ConfigurationPropertyName name = property.getName();
        String key = name.isNumericIndex(depth)
                ? "%09d".formatted(Integer.parseInt(name.getElement(depth, Form.ORIGINAL)))
                : name.getElement(depth, Form.UNIFORM);
        if (depth == name.getNumberOfElements() - 1) {
            tree.put(key, property);
            return;
        }
        Object child = tree.computeIfAbsent(
                key, absent -> name.isNumericIndex(depth + 1) ? new TreeMap<String, Object>() : new LinkedHashMap<>());
        if (child instanceof Map<?, ?> map) {
            put((Map<String, Object>) map, property, depth + 1);
        }
    }

    String name() {
        return name;
    }

    boolean isEmpty() {
        return children.isEmpty();
    }

    /** Whether this key is there and no other. */
    boolean hasOnly(String key) {
        return children.size() == 1 && children.get(key) instanceof ConfigurationProperty;
    }

    /** Removes a value and returns it. */
    Optional<String> take(String key) {
        return children.remove(key) instanceof ConfigurationProperty property
                ? Optional.of(value(property))
                : Optional.empty();
    }

    /** Removes a list, or several values with commas between them. */
    List<String> takeList(String key) {
        if (children.get(key) instanceof Map<?, ?> list) {
            children.remove(key);
            return list.values().stream()
                    .filter(ConfigurationProperty.class::isInstance)
                    .map(one -> value((ConfigurationProperty) one))
                    .toList();
        }
        return take(key).stream()
                .flatMap(values -> Stream.of(values.split(",")))
                .map(String::strip)
                .toList();
    }

    /** Removes a group of named trees. */
    @SuppressWarnings("unchecked")
    List<PropertyTree> takeChildren(String key) {
        if (!(children.get(key) instanceof Map<?, ?> group)) {
            return List.of();
        }
        children.remove(key);
        return group.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Map)
                .map(entry -> new PropertyTree(
                        entry.getKey().toString(), (Map<String, Object>) entry.getValue(), environment))
                .toList();
    }

    private String value(ConfigurationProperty property) {
        return environment.resolvePlaceholders(String.valueOf(property.getValue()));
    }

    /**
     * The tree in the native format.
     *
     * @param places the property and its origin, for each line
     */
    record Text(String json, List<String> places) {
        /** Place of a line, counted from 1; the first property's where a line means nothing. */
        String place(int line) {
            return places.get(Math.min(Math.max(line, 1), places.size()) - 1);
        }
    }

    Text json() {
        List<String> lines = new ArrayList<>();
        List<String> places = new ArrayList<>();
        write(children, "", lines, places);
        return new Text(String.join("\n", lines), places);
    }

    private void write(Object node, String end, List<String> lines, List<String> places) {
        if (node instanceof ConfigurationProperty property) {
            // Spring has resolved references; what is left is text.
            lines.add(Json.of(value(property).replace("${", "$${")) + end);
            places.add(property.getName() + origin(property));
            return;
        }
        Map<?, ?> map = (Map<?, ?>) node;
        boolean list = map instanceof TreeMap;
        open(list ? "[" : "{", map, lines, places);
        int left = map.size();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            left--;
            int first = lines.size();
            write(entry.getValue(), left > 0 ? "," : "", lines, places);
            if (!list) {
                lines.set(first, Json.of(entry.getKey().toString()) + ": " + lines.get(first));
            }
        }
        lines.add((list ? "]" : "}") + end);
        places.add(places.get(places.size() - 1));
    }

    private void open(String bracket, Map<?, ?> map, List<String> lines, List<String> places) {
        Object first = map;
        while (first instanceof Map<?, ?> inner && !inner.isEmpty()) {
            first = inner.values().iterator().next();
        }
        lines.add(bracket);
        places.add(first instanceof ConfigurationProperty property ? property.getName() + origin(property) : name);
    }

    private static String origin(ConfigurationProperty property) {
        return property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }
}
