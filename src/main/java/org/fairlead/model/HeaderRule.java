package org.fairlead.model;

import java.util.Optional;

/**
 * One {@code RequestHeader} or {@code Header} line (mod_headers).
 *
 * @param action what is done
 * @param name the field's name
 * @param value {@code expr=} with a string expression behind it, or httpd's format string ({@code %{NAME}e},
 *     {@code %{NAME}s}, {@code %t}, {@code %D}, {@code %%}); for {@code edit} the replacement, in which {@code $0} to
 *     {@code $9} stand for groups; empty for {@code unset}
 * @param pattern the expression of {@code edit} and {@code edit*}
 * @param condition when it is done
 * @param always the {@code always} table of {@code Header}: also on local responses
 * @param early done before routing ({@code early})
 */
public record HeaderRule(
        Action action,
        String name,
        String value,
        Optional<String> pattern,
        Condition condition,
        boolean always,
        boolean early,
        Source source) {
    /** mod_headers' actions. */
    public enum Action {
        SET,
        SETIFEMPTY,
        ADD,
        APPEND,
        MERGE,
        UNSET,
        /** {@code echo}: copies the request's fields whose name matches into the response. */
        ECHO,
        /** Replaces the first match in each value. */
        EDIT,
        /** {@code edit*}: replaces every match in each value. */
        EDIT_ALL,
        /** {@code note}: puts the value into the environment instead of changing it. */
        NOTE
    }

    /** When a rule holds. */
    public sealed interface Condition {
        record Always() implements Condition {}

        /** {@code env=NAME} ({@code negated}: {@code env=!NAME}). */
        record Env(String name, boolean negated) implements Condition {}

        /** {@code expr=…}: a condition in httpd's expression language. */
        record Expression(String text) implements Condition {}
    }
}
