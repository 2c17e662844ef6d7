package org.fairlead.route;

import java.util.List;
import java.util.Optional;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.expression.Captures;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Variables;
import org.fairlead.http.Bytes;
import org.fairlead.http.PathView;
import org.fairlead.http.Percent;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.RedirectConfig;
import org.fairlead.model.RedirectConfig.From;
import org.fairlead.model.Settings;

/**
 * {@code Redirect} and {@code RedirectMatch} for one request (mod_alias). Used by the exchange's thread.
 *
 * <p>The client's {@code Location} is encoded anew from the normalised path, so that nothing in it ends a line. In the
 * query behind an expression's target, which httpd leaves as it is, control bytes are encoded too.
 */
public final class Redirects {
    private final Exchange exchange;
    private final Host host;
    private final RequestTarget target;
    private final Settings settings;
    private final Variables variables;

    public Redirects(Exchange exchange, Host host, RequestTarget target, Settings settings, Variables variables) {
        this.exchange = exchange;
        this.host = host;
        this.target = target;
        this.settings = settings;
        this.variables = variables;
    }

    /**
     * The response of the host's own lines, for a request that no route takes: in httpd mod_proxy goes first.
     *
     * @throws RefusedException 500 if a line makes no URL of this request
     */
    public Optional<LocalResponse> ofHost() throws RefusedException {
        Optional<LocalResponse> whole = whole();
        return whole.isPresent() ? whole : first(host.config().redirects());
    }

    /**
     * The response of the sections' lines, whether or not a route takes the request.
     *
     * @throws RefusedException 500 if a line makes no URL of this request
     */
    public Optional<LocalResponse> ofSections() throws RefusedException {
        Optional<LocalResponse> whole = whole();
        return whole.isPresent() ? whole : first(settings.redirects().rules());
    }

    private Optional<LocalResponse> whole() throws RefusedException {
        Optional<RedirectConfig> line = settings.redirects().whole();
        return line.isEmpty() ? Optional.empty() : answer(line.get());
    }

    private Optional<LocalResponse> first(List<RedirectConfig> lines) throws RefusedException {
        for (RedirectConfig line : lines) {
            Optional<LocalResponse> answer = answer(line);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    private Optional<LocalResponse> answer(RedirectConfig line) throws RefusedException {
        try {
            Optional<String> found = found(line);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            LocalResponse answer = line.target().isEmpty()
                    ? LocalResponse.of(line.status())
                    : LocalResponse.redirect(line.status(), complete(found.get(), line));
            if (exchange.trace().isOn()) {
                exchange.trace().say(line.source(), told(answer));
            }
            return Optional.of(answer);
        } catch (EvaluationException e) {
            throw Undecided.refusal(line.source(), e);
        }
    }

    private static String told(LocalResponse answer) {
        return "Redirect answers " + answer.status()
                + answer.headers().first("Location").map(to -> " to " + to).orElse("");
    }

    /** The line's target; the empty text where it only has a status; empty if it is not for this path. */
    private Optional<String> found(RedirectConfig line) throws EvaluationException {
        String path = target.normalPath();
        if (line.from() instanceof From.Prefix prefix) {
            PathRule.Prefix rule = PathRule.Prefix.of(prefix.path());
            return rule.matches(path)
                    ? Optional.of(printable(Bytes.of(line.target()), 0)
                            + rest(rule.path().length()))
                    : Optional.empty();
        }
        if (line.from() instanceof From.Expression expression) {
            Optional<Captures> match =
                    ExpressionCache.pattern(expression.pattern(), false).find(path);
            return match.map(captures -> escaped(References.fill(Bytes.of(line.target()), captures::group)));
        }
        return line.target().isEmpty()
                ? Optional.of("")
                : Optional.of(escaped(ExpressionCache.template(line.target()).text(variables)));
    }

    /** The path after a prefix, encoded anew; an encoded slash stays one. */
    private String rest(int start) {
        PathView view = target.normalView();
        String path = view.text();
        StringBuilder rest = new StringBuilder(path.length());
        for (int i = start; i < path.length(); i++) {
            boolean encodedSlash =
                    path.charAt(i) == '%' && !target.forwardPath().startsWith("%25", view.offset(i));
            if (encodedSlash) {
                rest.append('%');
            } else {
                Percent.appendInPath(rest, path.charAt(i));
            }
        }
        return rest.toString();
    }

    /** Encodes a URL's path, and of its query and fragment only characters that would break a line. */
    private static String escaped(String url) {
        int end = 0;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        StringBuilder escaped = new StringBuilder(url.length() + 16);
        String bare = withoutUsualPort(url.substring(0, end));
        for (int i = 0; i < bare.length(); i++) {
            Percent.appendInPath(escaped, bare.charAt(i));
        }
        return escaped.append(printable(url, end)).toString();
    }

    /** The text from {@code start} on, with only those characters encoded that no URL may hold. */
    private static String printable(String text, int start) {
        StringBuilder printable = new StringBuilder(text.length());
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                Percent.appendLower(printable, c);
            } else {
                printable.append(c);
            }
        }
        return printable.toString();
    }

    /** httpd parses such a URL and prints it again, and the scheme's default port is dropped by that. */
    private static String withoutUsualPort(String url) {
        return withoutPort(withoutPort(url, "http://", ":80"), "https://", ":443");
    }

    private static String withoutPort(String url, String scheme, String port) {
        if (!url.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return url;
        }
        int slash = url.indexOf('/', scheme.length());
        int end = slash < 0 ? url.length() : slash;
        int start = end - port.length();
        return start >= scheme.length() && url.startsWith(port, start)
                ? url.substring(0, start) + url.substring(end)
                : url;
    }

    private String complete(String found, RedirectConfig line) throws RefusedException {
        String location = found;
        if (found.startsWith("/")) {
            location = settings.redirects().staysRelative()
                    ? exchange.mountPath() + found
                    : OwnUrl.of(found, exchange, host, settings.ownName());
        } else if (!RedirectConfig.isUrl(found)) {
            throw new RefusedException(500, line.source() + ": '" + found + "' is neither a URL nor a path");
        }
        return location.indexOf('?') < 0 ? location + target.querySuffix() : location;
    }
}
