package org.fairlead.rewrite;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairlead.expression.Captures;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Regex;
import org.fairlead.http.Bytes;
import org.fairlead.http.RefusedException;
import org.fairlead.model.RewriteCondition;
import org.fairlead.model.RewriteRule;
import org.fairlead.model.RewriteRule.Flag;

/** One prepared {@code RewriteRule}. Immutable. */
final class Rule {
    /**
     * The base cost of a rule that is tried: its substitution, name and value cost steps even if no pattern is matched.
     */
    private static final int STEPS_OF_A_RULE = 20;

    private final RewriteRule config;
    private final Regex pattern;
    private final List<ConditionTest> conditions = new ArrayList<>();
    private final Expansion substitution;
    private final Expansion.References references;
    private final List<Expansion> variables;
    private final List<Expansion> cookies;
    private final boolean queryLast;
    private final boolean noQuery;
    private final boolean mergesSlashes;

    /** The result of the rule. */
    enum Result {
        /** Pattern or conditions do not hold. */
        NOT_APPLIED,
        /** It applied, and changes no path ({@code -}, {@code F}, {@code G}). */
        PATH_KEPT,
        PATH_CHANGED
    }

    Rule(RewriteRule config) throws ExpressionException {
        this.config = config;
        this.pattern = Regex.compile(config.pattern(), ConditionTest.flags(config.has(Flag.NO_CASE)));
        for (RewriteCondition condition : config.conditions()) {
            conditions.add(new ConditionTest(condition));
        }
        String output = config.proxy().map(RewriteRule.Proxy::path).orElse(config.substitution());
        boolean mark = output.endsWith("?");
        boolean append = config.has(Flag.QUERY_APPEND);
        this.queryLast = config.has(Flag.QUERY_LAST) || mark && append;
        this.noQuery = mark && !append || config.has(Flag.QUERY_DISCARD) && output.indexOf('?') < 0;
        this.substitution = Expansion.parse(mark && !append ? output.substring(0, output.length() - 1) : output);
        this.references = config.has(Flag.ESCAPE)
                ? new UriText.BackReferences(
                        Bytes.of(config.escapes()),
                        Bytes.of(config.spared()),
                        config.has(Flag.ESCAPE_NO_PLUS),
                        config.has(Flag.ESCAPE_CONTROLS))
                : captured -> captured;
        this.variables = config.variables().stream().map(Expansion::parse).toList();
        this.cookies = config.cookies().stream().map(Expansion::parse).toList();
        this.mergesSlashes = !config.has(Flag.KEEP_SLASHES) && !output.startsWith("//");
    }

    RewriteRule config() {
        return config;
    }

    /**
     * Tries the rule and applies its actions.
     *
     * @throws RefusedException 403 for a query that the client has smuggled into a path
     */
    Result apply(RewriteState run, RewriteScope vicinity, Clock clock) throws EvaluationException, RefusedException {
        run.steps().spend(STEPS_OF_A_RULE);
        Optional<Captures> found = pattern.find(run.path(), run.steps());
        if (found.isPresent() == config.negated()) {
            return Result.NOT_APPLIED;
        }
        run.matched(found.orElse(Captures.NONE));
        if (!conditionsHold(run)) {
            tell(run, "matches, but a RewriteCond does not hold");
            return Result.NOT_APPLIED;
        }
        String made = config.keepsPath() ? "" : substituted(run);
        setVariables(run);
        setCookies(run, clock);
        if (config.keepsPath()) {
            tell(run, config.has(Flag.STATUS) ? "answers with a status" : "applies, and keeps the path");
            return Result.PATH_KEPT;
        }
        change(run, made, vicinity);
        if (run.exchange().trace().isOn()) {
            tell(
                    run,
                    "makes " + run.path()
                            + run.query().map(query -> "?" + query).orElse(""));
        }
        return Result.PATH_CHANGED;
    }

    private void tell(RewriteState run, String what) {
        if (run.exchange().trace().isOn()) {
            String pattern = (config.negated() ? "!" : "") + config.pattern();
            run.exchange().trace().say(config.source(), "RewriteRule " + pattern + ": " + what);
        }
    }

    private boolean conditionsHold(RewriteState run) throws EvaluationException {
        for (int i = 0; i < conditions.size(); i++) {
            boolean alternative = conditions.get(i).isAlternative();
            boolean holds = conditions.get(i).holds(run);
            if (!holds && !alternative) {
                return false;
            }
            while (holds && i < conditions.size() && conditions.get(i).isAlternative()) {
                i++;
            }
        }
        return true;
    }

    private String substituted(RewriteState run) throws EvaluationException, RefusedException {
        Expansion.Filled filled = substitution.fill(run, references, queryLast);
        if (filled.foreignQuery() && !config.has(Flag.ALLOW_3F)) {
            throw new RefusedException(403, "a rule without UnsafeAllow3F would take a query out of an encoded path");
        }
        return filled.text();
    }

    private void setVariables(RewriteState run) throws EvaluationException {
        for (Expansion variable : variables) {
            String text = variable.fill(run);
            int colon = text.indexOf(':');
            if (text.startsWith("!")) {
                run.environment().unset(text.substring(1));
            } else if (colon < 0) {
                run.environment().set(text, "");
            } else {
                run.environment().set(text.substring(0, colon), text.substring(colon + 1));
            }
        }
    }

    private void setCookies(RewriteState run, Clock clock) throws EvaluationException, RefusedException {
        for (Expansion cookie : cookies) {
            Optional<String> made = CookieFlag.setCookie(cookie.fill(run), clock);
            if (made.isEmpty()) {
                continue;
            }
            if (UriText.hasControl(made.get())) {
                throw new RefusedException(403, "a rule would put a control character into a cookie");
            }
            String name = CookieFlag.name(made.get());
            if (run.cookies().stream().noneMatch(set -> CookieFlag.name(set).equals(name))) {
                run.cookies().add(made.get());
            }
        }
    }

    private void change(RewriteState run, String made, RewriteScope vicinity) throws RefusedException {
        if (config.proxy().isPresent()) {
            run.path(made);
            splitQuery(run);
            if (!run.path().isEmpty() && !run.path().startsWith("/")) {
                throw new RefusedException(400, "a rule with P makes no path of this request");
            }
            return;
        }
        boolean prefixed = !made.startsWith("/") && UriText.scheme(made) == 0 && !config.has(Flag.REDIRECT);
        run.path(prefixed ? "/" + made : made);
        splitQuery(run);
        if (config.has(Flag.REDIRECT)) {
            run.path(UriText.scheme(run.path()) > 0 ? run.path() : vicinity.qualified(run));
            run.status(config.status());
            return;
        }
        vicinity.reduce(run);
        if (UriText.scheme(run.path()) > 0) {
            run.status(config.status());
        } else if (mergesSlashes && !prefixed) {
            while (run.path().startsWith("//")) {
                run.path(run.path().substring(1));
            }
        }
    }

    private void splitQuery(RewriteState run) {
        int scheme = UriText.scheme(run.path());
        if (noQuery || !UriText.hasQuery(run.path(), scheme)) {
            run.query(Optional.empty());
            return;
        }
        if (config.has(Flag.QUERY_DISCARD)) {
            run.query(Optional.empty());
        }
        String path = run.path();
        int mark = queryLast ? path.lastIndexOf('?') : path.indexOf('?', scheme);
        if (mark < scheme) {
            return;
        }
        String own = path.substring(mark + 1);
        run.path(path.substring(0, mark));
        Optional<String> query = run.query();
        if (!config.has(Flag.QUERY_APPEND)) {
            query = Optional.of(own);
        } else if (!own.isEmpty()) {
            query = Optional.of(own + "&" + run.query().orElse(""));
        }
        run.query(query.filter(q -> !q.isEmpty()).map(q -> q.endsWith("&") ? q.substring(0, q.length() - 1) : q));
    }
}
