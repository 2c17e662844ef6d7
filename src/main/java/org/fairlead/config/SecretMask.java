package org.fairlead.config;

import java.util.regex.Pattern;

/**
 * Masks possible secrets in a configuration's text: values of fields and variables whose names suggest credentials, the
 * program of a pass phrase dialog, and user names and passwords in URLs. In doubt it masks too much.
 */
public final class SecretMask {
    private static final String MASK = "***";
    private static final Pattern NAMES = Pattern.compile(
            "(?i)(.*(?:authorization|cookie|token|secret|passw|passphrase|api-?key|credential)[^\\s:'\"=,]*['\"]?[\\s:=]+)\\S.*");
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s'\"]+@");

    private SecretMask() {}

    /** @param text lines of YAML, as {@link LoadedConfig#yaml} has them */
    public static String apply(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.lines().forEach(line -> out.append(line(line)).append('\n'));
        return out.toString();
    }

    private static String line(String line) {
        String masked = NAMES.matcher(line).replaceFirst("$1" + MASK);
        return USER_INFO.matcher(masked).replaceAll("$1" + MASK + "@");
    }
}
