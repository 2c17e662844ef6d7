package org.fairlead.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules for environment variables of requests to a path.
 *
 * @param variables {@code SetEnv} and {@code PassEnv}: set late, right before a request is forwarded, unless a rule did
 * @param unset {@code UnsetEnv}: which of the more general {@code variables} are not set here; one that a rule set
 *     stays
 * @param rules {@code SetEnvIf} and its like in order
 */
public record EnvironmentConfig(Map<String, String> variables, Set<String> unset, List<EnvironmentRule> rules) {
    public static final EnvironmentConfig NONE = new EnvironmentConfig(Map.of(), Set.of(), List.of());

    public EnvironmentConfig {
        variables = Map.copyOf(variables);
        unset = Set.copyOf(unset);
        rules = List.copyOf(rules);
    }

    EnvironmentConfig merge(EnvironmentConfig over) {
        if (over.equals(NONE)) {
            return this;
        }
        Map<String, String> set = new LinkedHashMap<>(variables);
        set.keySet().removeAll(over.unset);
        set.putAll(over.variables);
        Set<String> gone = new LinkedHashSet<>(unset);
        gone.addAll(over.unset);
        gone.removeAll(set.keySet());
        List<EnvironmentRule> all = new ArrayList<>(rules);
        all.addAll(over.rules);
        return new EnvironmentConfig(set, gone, all);
    }
}
