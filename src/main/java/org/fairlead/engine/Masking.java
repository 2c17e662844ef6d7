package org.fairlead.engine;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fairlead.http.Headers;

/**
 * The masking of a request's credentials in its explanation: the values of {@code Authorization} and {@code Cookie},
 * wherever a rule has copied them to, and on demand those of its query. Immutable.
 */
public final class Masking {
    private static final String MASK = "***";
    /** The shortest value that is masked; shorter ones occur in too many words that are no secret. */
    private static final int MIN_LENGTH = 4;

    private final List<String> secrets;

    /** @param shown values that are no secret though a cookie holds them: the routes of members */
    private Masking(Set<String> secrets, Set<String> shown) {
        List<String> longestFirst = new ArrayList<>(secrets);
        longestFirst.removeIf(secret -> secret.length() < MIN_LENGTH || shown.contains(secret));
        longestFirst.sort(Comparator.comparingInt(String::length).reversed());
        this.secrets = List.copyOf(longestFirst);
    }

    /**
     * @param request the fields as the client sent them
     * @param shown values that are no secret though a cookie holds them: the routes of members
     */
    public static Masking of(Headers request, Set<String> shown) {
        return new Masking(secrets(request), shown);
    }

    /** As {@link #of}, and with the values of a query, as they stand there and decoded. */
    public static Masking withQuery(Headers request, String query, Set<String> shown) {
        Set<String> secrets = secrets(request);
        for (String pair : query.split("&")) {
            String value = pair.substring(pair.indexOf('=') + 1);
            secrets.add(value);
            secrets.add(decoded(value));
        }
        return new Masking(secrets, shown);
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // No percent-encoding, so there is no other form of it.
            return value;
        }
    }

    /** Returns a query with every value replaced; a name without a value is a value. */
    public static String maskedQuery(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(pair -> pair.substring(0, pair.indexOf('=') + 1) + (pair.isEmpty() ? "" : MASK))
                .collect(Collectors.joining("&"));
    }

    /** Copies the fields of a request that hold cookies or credentials. */
    public static Headers credentials(Headers request) {
        Headers found = new Headers();
        for (int i = 0; i < request.size(); i++) {
            if (request.name(i).equalsIgnoreCase("Cookie") || isCredentials(request.name(i))) {
                found.add(request.name(i), request.value(i));
            }
        }
        return found;
    }

    private static Set<String> secrets(Headers request) {
        Set<String> secrets = new TreeSet<>();
        request.forEach((name, value) -> {
            if (name.equalsIgnoreCase("Cookie")) {
                for (String pair : value.split(";")) {
                    secrets.add(pair.substring(pair.indexOf('=') + 1).strip());
                }
            } else if (isCredentials(name)) {
                addCredentials(value, secrets);
            }
        });
        return secrets;
    }

    private static void addCredentials(String value, Set<String> secrets) {
        String token = value.substring(value.indexOf(' ') + 1).strip();
        secrets.add(token);
        if (value.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String pair = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
                secrets.add(pair);
                secrets.add(pair.substring(pair.indexOf(':') + 1));
            } catch (IllegalArgumentException e) {
                // No Base64, so it contains no password to be masked either.
                secrets.add(token);
            }
        }
    }

    private static boolean isCredentials(String name) {
        return name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Proxy-Authorization");
    }

    Explanation apply(Explanation seen) {
        return new Explanation(
                seen.decision(),
                seen.status(),
                seen.trace().stream()
                        .map(line -> new Explanation.Line(line.phase(), line.source(), masked(line.said())))
                        .toList(),
                seen.balancer(),
                seen.candidates(),
                seen.chosen(),
                masked(seen.said()),
                seen.sends()
                        .map(sends ->
                                new Explanation.Sends(sends.method(), masked(sends.url()), masked(sends.headers()))),
                masked(seen.response()));
    }

    private Headers masked(Headers fields) {
        Headers masked = new Headers();
        fields.forEach((name, value) -> masked.add(name, masked(name, value)));
        return masked;
    }

    private String masked(String name, String value) {
        if (name.equalsIgnoreCase("Cookie") || name.equalsIgnoreCase("Set-Cookie")) {
            return Arrays.stream(value.split(";"))
                    .map(pair -> pair.indexOf('=') < 0 ? pair : pair.substring(0, pair.indexOf('=') + 1) + MASK)
                    .collect(Collectors.joining(";"));
        }
        return isCredentials(name) ? value.substring(0, value.indexOf(' ') + 1) + MASK : masked(value);
    }

    /** Returns a text without the secrets. */
    public String masked(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }
}
