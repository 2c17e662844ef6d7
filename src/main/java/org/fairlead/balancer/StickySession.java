package org.fairlead.balancer;

import java.util.Optional;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.StickyConfig;

/**
 * The reader of session routes ({@code stickysession}): from the path or query parameter, else from the cookie, else
 * from the cookie that we set ({@code stickycookie}). Immutable.
 */
final class StickySession {
    /** A longer value is no session of ours. */
    private static final int MAX_VALUE_CHARS = 4096;
    /** No member has a longer route, and none of our own values is longer. */
    private static final int MAX_ROUTE_CHARS = 95;

    private final StickyConfig config;

    StickySession(StickyConfig config) {
        this.config = config;
    }

    /** The affinity of the request's session; its route is {@link Optional#empty()} where it has none. */
    Affinity wish(RequestHead request, String hashKey) {
        Optional<String> value = parameter(request.target(), config.parameter(), config.semicolonEndsPath());
        String name = config.parameter();
        if (value.isEmpty()) {
            value = cookie(request.headers(), config.cookie());
            name = config.cookie();
        }
        Optional<String> route = value.flatMap(this::route);
        if (route.isEmpty() && config.mintedCookie().isPresent()) {
            name = config.mintedCookie().get();
            route = cookie(request.headers(), name).filter(token -> token.length() <= MAX_ROUTE_CHARS);
        }
        return route.isEmpty() ? new Affinity(route, route, hashKey) : new Affinity(route, Optional.of(name), hashKey);
    }

    /** The identity of a request's session; the same text for all where only our own cookie names the member. */
    String session(RequestHead request) {
        return parameter(request.target(), config.parameter(), config.semicolonEndsPath())
                .or(() -> cookie(request.headers(), config.cookie()))
                .orElse("");
    }

    /** The part after the first separator; the whole value where no separator is configured. */
    private Optional<String> route(String value) {
        if (value.length() > MAX_VALUE_CHARS) {
            return Optional.empty();
        }
        String route = value;
        if (config.separator().isPresent()) {
            int separator = value.indexOf(config.separator().get());
            if (separator < 0) {
                return Optional.empty();
            }
            route = value.substring(separator + 1);
        }
        return route.isEmpty() || route.length() > MAX_ROUTE_CHARS ? Optional.empty() : Optional.of(route);
    }

    /**
     * The value of {@code name=} wherever it stands in path or query (httpd's get_path_param); it ends at {@code ?},
     * {@code &} and, unlike httpd's, at {@code /}; at {@code ;} if asked for.
     */
    static Optional<String> parameter(RequestTarget target, String name, boolean semicolonEnds) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> inPath = parameter(target.path(), name, semicolonEnds);
        return inPath.isPresent() || target.query().isEmpty()
                ? inPath
                : parameter(target.query().get(), name, semicolonEnds);
    }

    private static Optional<String> parameter(String text, String name, boolean semicolonEnds) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int start = at + name.length() + 1;
            if (start < text.length() && text.charAt(start - 1) == '=') {
                int end = start;
                while (end < text.length() && !endsParameter(text.charAt(end), semicolonEnds)) {
                    end++;
                }
                if (end > start) {
                    return Optional.of(text.substring(start, end));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean endsParameter(char c, boolean semicolonEnds) {
        return c == '?' || c == '&' || c == '/' || c == ';' && semicolonEnds;
    }

    /** The value of the first cookie of this name that has one (httpd's get_cookie_param); names are case-sensitive. */
    static Optional<String> cookie(Headers headers, String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        for (int line = headers.indexOf("Cookie", 0); line >= 0; line = headers.indexOf("Cookie", line + 1)) {
            Optional<String> value = cookie(headers.value(line), name);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> cookie(String line, String name) {
        for (int at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
            int equals = skipBlanks(line, at + name.length());
            if ((at == 0 || ";, \t".indexOf(line.charAt(at - 1)) >= 0)
                    && equals < line.length()
                    && line.charAt(equals) == '=') {
                int end = equals + 1;
                while (end < line.length() && line.charAt(end) != ';' && line.charAt(end) != ',') {
                    end++;
                }
                String value = line.substring(equals + 1, end).strip();
                if (!value.isEmpty()) {
                    return Optional.of(value);
                }
            }
        }
        return Optional.empty();
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }
}
