package org.fairlead.config;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairlead.model.Source;

/**
 * Puts environment variables and system properties into the values of native formats: {@code ${env:NAME}} and
 * {@code ${sys:name}}, and nothing else. commons-configuration2 would by itself also read files, URLs, scripts and DNS;
 * its interpolation is therefore never asked. A literal {@code ${} is written {@code $${}.
 */
final class Interpolation {
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$?)\\{([^}]*)}");

    private final UnaryOperator<String> environment;
    private final UnaryOperator<String> properties;

    /** Each gives null for what is not set, as {@link System#getenv(String)} does. */
    Interpolation(UnaryOperator<String> environment, UnaryOperator<String> properties) {
        this.environment = environment;
        this.properties = properties;
    }

    static Interpolation ofProcess() {
        return new Interpolation(System::getenv, System::getProperty);
    }

    /** Returns the text with every reference replaced; what is put in is not looked at again. */
    String apply(String text, Source source, Problems problems) {
        Matcher m = REFERENCE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (m.find()) {
            String replacement =
                    m.group(1).isEmpty() ? value(m.group(2), source, problems).orElse("") : "${" + m.group(2) + "}";
            m.appendReplacement(result, Matcher.quoteReplacement(replacement));
        }
        return m.appendTail(result).toString();
    }

    private Optional<String> value(String reference, Source source, Problems problems) {
        String shown = "${" + Quoted.of(reference) + "}";
        int colon = reference.indexOf(':');
        String kind = colon < 0 ? "" : reference.substring(0, colon);
        String name = reference.substring(colon + 1);
        boolean known = kind.equals("env") || kind.equals("sys");
        if (!known || name.isEmpty()) {
            problems.settle(source, shown + " (expected: ${env:NAME} or ${sys:name}; a literal ${ is written $${)");
            return Optional.empty();
        }
        Optional<String> value = Optional.ofNullable((kind.equals("env") ? environment : properties).apply(name));
        if (value.isEmpty()) {
            problems.settle(
                    source,
                    shown + " is not set (expected: "
                            + (kind.equals("env") ? "an environment variable" : "a system property")
                            + " of that name)");
        }
        return value;
    }
}
