package org.fairlead.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The variables of {@code Define}, and the expansion of <code>${NAME}</code> in lines. A name is looked up in
 * definitions with a value, then in the environment, as in httpd, last in the variables that Debian starts httpd with.
 * <code>${env:NAME}</code> and <code>${sys:name}</code> name the environment and the JVM's system properties
 * explicitly. Any other name with a colon stays unchanged. Inserted values are not expanded again. Not thread-safe.
 */
final class HttpdVariables {
    /** How much longer all lines together may become: a Define of Defines doubles with every line. */
    private static final long MAX_EXPANDED_CHARS = 16L << 20;

    /** The variables of {@code /etc/apache2/envvars}, a file that only httpd's start script reads. */
    static final Map<String, String> DEBIANS = Map.of(
            "APACHE_CONFDIR", "/etc/apache2",
            "APACHE_LOCK_DIR", "/var/lock/apache2",
            "APACHE_LOG_DIR", "/var/log/apache2",
            "APACHE_PID_FILE", "/var/run/apache2/apache2.pid",
            "APACHE_RUN_DIR", "/var/run/apache2",
            "APACHE_RUN_GROUP", "www-data",
            "APACHE_RUN_USER", "www-data");

    private final Set<String> defined = new HashSet<>();
    private final Map<String, String> values = new HashMap<>();
    private final Function<String, Optional<String>> environment;
    private long growth;

    HttpdVariables(Iterable<String> defines, Function<String, Optional<String>> environment) {
        this.environment = environment;
        defines.forEach(defined::add);
    }

    /**
     * The result of an expansion: the text, the first undefined name (its place is left as written), and a name for
     * which Debian's default was taken.
     */
    record Expansion(String text, Optional<String> unknown, Optional<String> assumed, boolean tooLong) {}

    void define(String name) {
        defined.add(name);
    }

    void define(String name, String value) {
        defined.add(name);
        values.put(name, value);
    }

    void undefine(String name) {
        defined.remove(name);
        values.remove(name);
    }

    boolean isDefined(String name) {
        return defined.contains(name);
    }

    Expansion expand(String line) {
        if (!line.contains("${")) {
            return new Expansion(line, Optional.empty(), Optional.empty(), false);
        }
        StringBuilder text = new StringBuilder(line.length() + 64);
        Optional<String> unknown = Optional.empty();
        Optional<String> assumed = Optional.empty();
        int at = 0;
        for (int start = line.indexOf("${"); start >= 0; start = line.indexOf("${", at)) {
            int end = line.indexOf('}', start);
            if (end < 0) {
                break;
            }
            String name = line.substring(start + 2, end);
            Optional<String> value = value(name);
            if (value.isEmpty() && DEBIANS.containsKey(name)) {
                value = Optional.of(DEBIANS.get(name));
                assumed = Optional.of(name);
            }
            if (value.isEmpty() && unknown.isEmpty() && isOurs(name)) {
                unknown = Optional.of(name);
            }
            text.append(line, at, start).append(value.orElse(line.substring(start, end + 1)));
            at = end + 1;
            if (growth + text.length() - at > MAX_EXPANDED_CHARS) {
                return new Expansion(line, Optional.empty(), Optional.empty(), true);
            }
        }
        text.append(line, at, line.length());
        growth += Math.max(0, text.length() - line.length());
        return new Expansion(text.toString(), unknown, assumed, false);
    }

    private static boolean isOurs(String name) {
        return name.indexOf(':') < 0 || name.startsWith("env:") || name.startsWith("sys:");
    }

    private Optional<String> value(String name) {
        if (name.startsWith("env:")) {
            return environment.apply(name.substring(4));
        }
        if (name.startsWith("sys:")) {
            return name.length() == 4 ? Optional.empty() : Optional.ofNullable(System.getProperty(name.substring(4)));
        }
        return Optional.ofNullable(values.get(name)).or(() -> environment.apply(name));
    }
}
