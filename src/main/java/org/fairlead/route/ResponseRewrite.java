package org.fairlead.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fairlead.http.Headers;
import org.fairlead.model.HostConfig;
import org.fairlead.model.LocationConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ReverseConfig;

/**
 * The rewriting of a member's names in a response to those that the client knows: {@code ProxyPassReverse} for the
 * fields that hold URLs, {@code ProxyPassReverseCookieDomain} and {@code …CookiePath} for {@code Set-Cookie}.
 * Immutable.
 */
public final class ResponseRewrite {
    private final List<ReverseRule> rules;
    private final CookieRewrite cookies;

    private ResponseRewrite(List<ReverseRule> rules, CookieRewrite cookies) {
        this.rules = rules;
        this.cookies = cookies;
    }

    static ResponseRewrite of(HostConfig host) {
        return new ResponseRewrite(
                compile(List.of(), host.reverses()), CookieRewrite.of(host.cookieDomains(), host.cookiePaths()));
    }

    /** Returns this rewriting followed by the rules of a section. */
    ResponseRewrite with(LocationConfig location) {
        return new ResponseRewrite(
                compile(rules, location.reverses()), cookies.with(location.cookieDomains(), location.cookiePaths()));
    }

    private static List<ReverseRule> compile(List<ReverseRule> first, List<ReverseConfig> reverses) {
        List<ReverseRule> rules = new ArrayList<>(first);
        reverses.forEach(reverse -> rules.add(new ReverseRule(reverse)));
        return List.copyOf(rules);
    }

    /**
     * The client's view of our URLs, for one request.
     *
     * @param scheme {@code http} or {@code https}
     * @param authority host and port as the client sent them; our own name and port where it sent none
     * @param mountPath the container's prefix of our paths; empty for the root
     * @param members the members of a balancer by its name; an empty list for an unknown name
     */
    public record Context(
            String scheme, String authority, String mountPath, Function<String, List<MemberConfig>> members) {}

    /** Rewrites the fields of a response in place. */
    public void rewrite(Headers response, Context context) {
        if (rules.isEmpty() && cookies.isEmpty()) {
            return;
        }
        for (int i = 0; i < response.size(); i++) {
            String value = response.value(i);
            String rewritten = rewrite(response.name(i), value, context);
            if (!rewritten.equals(value)) {
                response.setValue(i, rewritten);
            }
        }
    }

    private String rewrite(String name, String value, Context context) {
        return switch (name.length()) {
            case 3 -> name.equalsIgnoreCase("URI") ? url(value, context) : value;
            case 4 -> name.equalsIgnoreCase("Link") ? links(value, context) : value;
            case 7 -> name.equalsIgnoreCase("Refresh") ? refresh(value, context) : value;
            case 8 -> name.equalsIgnoreCase("Location") ? url(value, context) : value;
            case 10 -> name.equalsIgnoreCase("Set-Cookie") ? cookies.rewrite(value, context.mountPath()) : value;
            case 11 -> name.equalsIgnoreCase("Destination") ? url(value, context) : value;
            case 16 -> name.equalsIgnoreCase("Content-Location") ? url(value, context) : value;
            default -> value;
        };
    }

    /** The value that the first matching rule makes of a URL; the URL itself if none matches. */
    private String url(String url, Context context) {
        for (ReverseRule rule : rules) {
            Optional<String> mapped = rule.map(url, context);
            if (mapped.isPresent()) {
                return mapped.get();
            }
        }
        return url;
    }

    /** {@code 5; url=http://…}: the URL after {@code url=}, with or without quotes. */
    private String refresh(String value, Context context) {
        int at = value.indexOf(';');
        do {
            at++;
        } while (at > 0 && at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t'));
        if (at <= 0 || !value.regionMatches(true, at, "url=", 0, 4)) {
            return value;
        }
        int start = at + 4;
        int end = value.length();
        if (start < end && (value.charAt(start) == '"' || value.charAt(start) == '\'')) {
            int close = value.indexOf(value.charAt(start), start + 1);
            start++;
            end = close < 0 ? end : close;
        }
        return value.substring(0, start) + url(value.substring(start, end), context) + value.substring(end);
    }

    /** {@code <http://…>; rel="next", <…>}: the URLs between angle brackets outside quotes (RFC 8288 3). */
    private String links(String value, Context context) {
        StringBuilder result = new StringBuilder(value.length() + 32);
        int copied = 0;
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' && !quoted) {
                int close = value.indexOf('>', i);
                if (close < 0) {
                    break;
                }
                result.append(value, copied, i + 1).append(url(value.substring(i + 1, close), context));
                copied = close;
                i = close;
            }
        }
        return result.append(value, copied, value.length()).toString();
    }
}
