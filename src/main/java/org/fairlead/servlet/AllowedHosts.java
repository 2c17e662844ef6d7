package org.fairlead.servlet;

import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Hosts that requests to a URI template may name, {@code allowedHosts} of {@link UriTemplateBalancerServlet}: a name or
 * address with a port, or without one for every port; {@code *.example.org} stands for all names below it. Immutable.
 */
final class AllowedHosts {
    static final String PARAMETER = "allowedHosts";
    static final String EXPECTED =
            "hosts such as api.example.org, 10.0.0.1:8080, [::1]:8080 or *.example.org, separated"
                    + " by commas or spaces; the client chooses the target, so none is allowed that is not named";

    private final List<String> patterns;

    private AllowedHosts(List<String> patterns) {
        this.patterns = patterns;
    }

    /** @throws ServletException if there is no host in it, or one that would allow all of them */
    static AllowedHosts parse(String servlet, String textOrNull) throws ServletException {
        String text = textOrNull == null ? "" : textOrNull;
        List<String> patterns = new ArrayList<>();
        for (String word : text.split("[,\\s]+")) {
            if (!word.isEmpty()) {
                patterns.add(word.toLowerCase(Locale.ROOT));
            }
        }
        boolean usable = patterns.stream().allMatch(AllowedHosts::isUsable);
        if (patterns.isEmpty() || !usable) {
            throw new ServletException(InheritedParameters.mistake(servlet, PARAMETER, text, EXPECTED));
        }
        return new AllowedHosts(List.copyOf(patterns));
    }

    private static boolean isUsable(String pattern) {
        String name = pattern.startsWith("*.") ? pattern.substring(2) : pattern;
        return name.matches("(?:[a-z0-9._~-]+|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?");
    }

    boolean allow(Origin origin) {
        String authority = origin.authority().toLowerCase(Locale.ROOT);
        String host = origin.host().toLowerCase(Locale.ROOT);
        return patterns.stream()
                .anyMatch(pattern -> pattern.startsWith("*.")
                        ? host.endsWith(pattern.substring(1)) || authority.endsWith(pattern.substring(1))
                        : pattern.equals(host) || pattern.equals(authority));
    }
}
