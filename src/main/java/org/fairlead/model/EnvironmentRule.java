package org.fairlead.model;

import java.util.List;

/**
 * One {@code SetEnvIf}, {@code SetEnvIfNoCase}, {@code BrowserMatch} or {@code SetEnvIfExpr} line (mod_setenvif).
 *
 * @param test when it holds
 * @param assignments what is done then, in order; at least one
 */
public record EnvironmentRule(Test test, List<Assignment> assignments, Source source) {
    public EnvironmentRule {
        assignments = List.copyOf(assignments);
    }

    /** What is looked at. */
    public sealed interface Test {
        /**
         * @param name a special attribute ({@code Remote_Addr}, {@code Request_URI} …), else a field of the request,
         *     else a variable; with other characters than letters, digits, {@code -} and {@code _} an expression for
         *     fields' names
         * @param pattern a regular expression; what is absent is the empty text
         */
        record Attribute(String name, String pattern, boolean ignoreCase) implements Test {}

        /** @param condition in httpd's expression language */
        record Expression(String condition) implements Test {}
    }

    /**
     * @param value in which {@code $0} to {@code $9} stand for the pattern's groups; says nothing where {@code unset}
     * @param unset the variable is removed
     */
    public record Assignment(String name, String value, boolean unset) {}
}
