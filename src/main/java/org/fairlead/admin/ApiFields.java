package org.fairlead.admin;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** {@code ?fields=name,orders.draining}: leaves only these members of the objects that are sent. */
final class ApiFields {
    private ApiFields() {}

    /** Applies them to an object, or to each of a list. */
    static Object pick(Object value, String fields) {
        Set<String> names = new LinkedHashSet<>(Arrays.asList(fields.split(",")));
        if (value instanceof Collection<?> all) {
            return all.stream().map(one -> pick(one, names)).toList();
        }
        return pick(value, names);
    }

    private static Object pick(Object value, Set<String> names) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<Object, Object> picked = new LinkedHashMap<>();
        map.forEach((key, inner) -> {
            if (names.contains(key.toString())) {
                picked.put(key, inner);
                return;
            }
            Set<String> within = new LinkedHashSet<>();
            names.stream()
                    .filter(name -> name.startsWith(key + "."))
                    .forEach(name -> within.add(name.substring(key.toString().length() + 1)));
            if (!within.isEmpty()) {
                picked.put(key, pickEach(inner, within));
            }
        });
        return picked;
    }

    private static Object pickEach(Object inner, Set<String> within) {
        return inner instanceof Collection<?> all
                ? all.stream().map(one -> pick(one, within)).toList()
                : pick(inner, within);
    }
}
