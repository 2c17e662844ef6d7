package org.fairlead.route;

import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Regex;
import org.fairlead.expression.Steps;
import org.fairlead.http.Bytes;
import org.fairlead.model.PathMatch;
import org.fairlead.model.ProxySectionConfig;
import org.fairlead.model.ProxySectionConfig.UrlMatch;
import org.fairlead.model.Settings;

/** A prepared {@code <Proxy>} section: decides whether requests forwarded to a URL lie in it. Thread-safe. */
sealed interface UrlRule {
    /** @throws EvaluationException if an expression takes more work than is allowed */
    boolean matches(String url, Steps steps) throws EvaluationException;

    /** Whether it matches all URLs that begin with {@code base}, or none of them. */
    boolean isDecidedBy(String base);

    Settings settings();

    static UrlRule of(ProxySectionConfig config) {
        if (config.match() instanceof PathMatch.Regex regex) {
            return new Expression(ExpressionCache.pattern(regex.pattern(), false), config.settings());
        }
        return new Prefix(Bytes.of(((UrlMatch.Prefix) config.match()).url()), config.settings());
    }

    /** Compared letter for letter, without regard to segments, as httpd's proxy_walk does. */
    record Prefix(String start, Settings settings) implements UrlRule {
        @Override
        public boolean matches(String url, Steps steps) {
            return url.startsWith(start);
        }

        @Override
        public boolean isDecidedBy(String base) {
            return base.startsWith(start) || !start.startsWith(base);
        }
    }

    /** Found somewhere in the URL. */
    record Expression(Regex pattern, Settings settings) implements UrlRule {
        @Override
        public boolean matches(String url, Steps steps) throws EvaluationException {
            return pattern.test(url, steps);
        }

        @Override
        public boolean isDecidedBy(String base) {
            return false;
        }
    }
}
