package org.fairlead.rewrite;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.expression.Steps;
import org.fairlead.http.Bytes;
import org.fairlead.http.PathView;
import org.fairlead.http.PathView.Decoding;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.HostConfig;
import org.fairlead.model.HostConfig.EncodedSlashes;
import org.fairlead.model.RewriteRule;
import org.fairlead.model.RewriteRule.Flag;
import org.fairlead.rewrite.Rewritten.Outcome;

/**
 * The rewrite rules of one host, or of its sections, applied as httpd's mod_rewrite does in a server or virtual host.
 * Thread-safe; only the maps change, with their files.
 *
 * <p>Every request ends: the steps that all its patterns take together are counted, and the length of its result is
 * limited.
 */
public final class Rewriter {
    /** Some hundred milliseconds of matching; a usual rule set takes a thousandth of it. */
    static final int MAX_STEPS = 10_000_000;

    private final List<Rule> rules = new ArrayList<>();
    private final Maps maps;
    private final RewriteScope vicinity;
    private final String documentRoot;
    private final EncodedSlashes encodedSlashes;
    private final int longest;
    private final Clock clock;
    private final boolean inSection;

    /**
     * @param limitRequestLine {@code LimitRequestLine}: a path may become twice as long
     * @throws IllegalArgumentException if a rule cannot be parsed, which the configuration's reader has reported before
     */
    public Rewriter(HostConfig host, int limitRequestLine) {
        this(host, limitRequestLine, Clock.systemUTC(), System::nanoTime);
    }

    Rewriter(HostConfig host, int limitRequestLine, Clock clock, LongSupplier nanoTime) {
        this(host, host.rewrite().rules(), false, limitRequestLine, clock, nanoTime);
    }

    /**
     * The rules of sections, with the maps and names of their host.
     *
     * @param rules each matches every path, and redirects, responds with a status or keeps the path
     */
    public static Rewriter ofSection(HostConfig host, List<RewriteRule> rules, int limitRequestLine) {
        return new Rewriter(host, rules, true, limitRequestLine, Clock.systemUTC(), System::nanoTime);
    }

    private Rewriter(
            HostConfig host,
            List<RewriteRule> rules,
            boolean inSection,
            int limitRequestLine,
            Clock clock,
            LongSupplier nanoTime) {
        this.inSection = inSection;
        this.clock = clock;
        this.maps = new Maps(host.rewrite().maps(), nanoTime);
        List<String> names = new ArrayList<>(host.serverAliases());
        names.add(host.serverName());
        this.vicinity = new RewriteScope(names);
        this.documentRoot = Bytes.of(host.rewrite().documentRoot());
        this.encodedSlashes = host.encodedSlashes();
        this.longest = 2 * limitRequestLine;
        for (RewriteRule rule : rules) {
            try {
                this.rules.add(new Rule(rule));
            } catch (ExpressionException e) {
                throw new IllegalArgumentException(rule.source() + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * Applies the rules.
     *
     * @param server the server's identity
     * @throws RefusedException 403 for a result that would be unsafe in a request line, 404 for an encoded slash that
     *     is not allowed, 500 for rules that do not come to an end
     */
    public Rewritten apply(Exchange exchange, RequestTarget target, ServerIdentity server) throws RefusedException {
        if (target.hasEncodedSlash() && encodedSlashes == EncodedSlashes.OFF) {
            throw new RefusedException(404, "path holds %2F and AllowEncodedSlashes is Off");
        }
        String path = target.hasEncodedSlash() && encodedSlashes == EncodedSlashes.ON
                ? PathView.of(target.forwardPath(), Decoding.ALL, false).text()
                : target.normalPath();
        RewriteState run =
                new RewriteState(exchange, server, documentRoot, maps, path, target.query(), new Steps(MAX_STEPS));
        if (!inSection) {
            String self = vicinity.qualified(run);
            run.environment().set("SCRIPT_URL", path);
            run.environment().set("SCRIPT_URI", self);
        }
        try {
            Optional<Rule> last = applyAll(run);
            return new Rewritten(last.isEmpty() ? new Outcome.Unchanged() : outcome(run, last.get()), run.cookies());
        } catch (EvaluationException e) {
            throw new RefusedException(500, "rewriting: " + e.getMessage());
        }
    }

    /** The rule that decides about the outcome; empty if nothing is changed. */
    private Optional<Rule> applyAll(RewriteState run) throws EvaluationException, RefusedException {
        Optional<Rule> changing = Optional.empty();
        int round = 1;
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            RewriteRule config = rule.config();
            Rule.Result result = rule.apply(run, vicinity, clock);
            if (result == Rule.Result.NOT_APPLIED) {
                while (i < rules.size() && rules.get(i).config().has(Flag.CHAIN)) {
                    i++;
                }
                continue;
            }
            if (run.path().length() > longest) {
                throw new RefusedException(500, "a rule makes the path longer than " + longest);
            }
            if (config.has(Flag.STATUS)) {
                return Optional.of(rule);
            }
            if (result == Rule.Result.PATH_CHANGED) {
                changing = Optional.of(rule);
            }
            if (config.has(Flag.PASS_THROUGH)) {
                return Optional.of(rule);
            }
            if (config.has(Flag.PROXY) || config.has(Flag.LAST)) {
                return changing;
            }
            if (config.has(Flag.NEXT)) {
                if (++round >= config.rounds()) {
                    throw new RefusedException(500, "rules with N go round more than " + config.rounds() + " times");
                }
                i = -1;
            } else {
                i += Math.min(config.skip(), rules.size() - i);
            }
        }
        return changing;
    }

    private Outcome outcome(RewriteState run, Rule last) throws RefusedException {
        RewriteRule config = last.config();
        boolean escapes = !config.has(Flag.NO_ESCAPE) || config.has(Flag.PASS_THROUGH);
        int scheme = UriText.scheme(run.path());
        boolean redirects = scheme > 0 && !config.has(Flag.STATUS) && !config.has(Flag.PASS_THROUGH);
        if (run.query().filter(UriText::hasControlOrBlank).isPresent() && !(redirects && escapes)) {
            throw new RefusedException(403, "a rule makes a query with a control character or a blank");
        }
        if (config.has(Flag.STATUS)) {
            return new Outcome.Answered(LocalResponse.of(config.status()));
        }
        if (config.has(Flag.PASS_THROUGH)) {
            return moved(run);
        }
        if (config.proxy().isPresent() && !config.keepsPath()) {
            return proxied(run, config.proxy().get(), escapes);
        }
        return redirects ? redirect(run, scheme, escapes) : new Outcome.Local();
    }

    private Outcome moved(RewriteState run) {
        if (run.path().equals(run.requested()) && run.keptQuery()) {
            return new Outcome.Unchanged();
        }
        return new Outcome.Moved(target(run, UriText.canonical(run.path(), keepsSlash())));
    }

    private Outcome proxied(RewriteState run, RewriteRule.Proxy proxy, boolean escapes) throws RefusedException {
        if (!escapes && UriText.hasControlOrBlank(run.path())) {
            throw new RefusedException(403, "a rule with NE makes a path with a control character or a blank");
        }
        String path = escapes ? UriText.canonical(run.path(), keepsSlash()) : run.path();
        return new Outcome.Proxied(proxy.balancer(), target(run, path.isEmpty() ? "/" : path));
    }

    private boolean keepsSlash() {
        return encodedSlashes == EncodedSlashes.NODECODE;
    }

    private static String target(RewriteState run, String path) {
        return path + run.query().map(query -> "?" + query).orElse("");
    }

    private static Outcome redirect(RewriteState run, int scheme, boolean escapes) throws RefusedException {
        String url = escapes ? UriText.escapeAbsolute(run.path(), scheme) : run.path();
        boolean asItIs = !escapes || run.keptQuery();
        String location = url
                + run.query()
                        .map(query -> "?" + (asItIs ? query : UriText.escape(query)))
                        .orElse("");
        if (UriText.hasControl(location)) {
            throw new RefusedException(500, "a rule makes a Location with a control character");
        }
        boolean known = run.status() >= 300 && run.status() < 400;
        return new Outcome.Answered(LocalResponse.redirect(known ? run.status() : 302, location));
    }
}
