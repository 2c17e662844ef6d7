package org.fairlead.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The path of a request to the API behind its version, in decoded segments; empty for the index. */
record ApiPath(List<String> segments) {
    private static final String VERSION = "v1";

    /** First segments behind the version. */
    static final List<String> RESOURCES = List.of(
            "balancers",
            "members",
            "hosts",
            "routes",
            "listeners",
            "certificates",
            "reload",
            "audit",
            "drains",
            "config",
            "openapi",
            "orders",
            "explain",
            "requests",
            "events",
            "recorder");

    /**
     * Finds the version in a path: the first {@code v1} that a known resource or nothing follows.
     *
     * @throws Problem 404 if there is none
     */
    static ApiPath of(String path) throws Problem {
        String[] parts = path.split("/");
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].equals(VERSION) && (i + 1 == parts.length || RESOURCES.contains(parts[i + 1]))) {
                List<String> segments = new ArrayList<>();
                for (int j = i + 1; j < parts.length; j++) {
                    // Only a form has + for a blank.
                    segments.add(URLDecoder.decode(parts[j].replace("+", "%2B"), StandardCharsets.UTF_8));
                }
                return new ApiPath(segments);
            }
        }
        throw new Problem(404, "no such resource (GET v1/ lists them)");
    }

    int size() {
        return segments.size();
    }

    String at(int index) {
        return segments.get(index);
    }

    /** Whether it has this form; {@code *} stands for any segment. */
    boolean is(String... form) {
        if (form.length != segments.size()) {
            return false;
        }
        for (int i = 0; i < form.length; i++) {
            if (!form[i].equals("*") && !form[i].equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }
}
