package org.fairlead.model;

import java.util.Set;

/**
 * The request methods that a rule applies to ({@code <Limit>}, {@code <LimitExcept>}, {@code Require method}). Names
 * are case-sensitive; GET stands for HEAD too, as in httpd.
 *
 * @param except whether the names are those for which it does not hold
 */
public record Methods(boolean except, Set<String> names) {
    /** Outside any {@code <Limit>}. */
    public static final Methods ALL = new Methods(true, Set.of());

    public Methods {
        names = Set.copyOf(names);
    }

    public boolean contains(String method) {
        return except != names.contains(method.equals("HEAD") ? "GET" : method);
    }
}
