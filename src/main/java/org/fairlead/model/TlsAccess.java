package org.fairlead.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * mod_ssl's own access rules of one section, or of all sections that contain a path. They are asked before those of
 * other modules, and refuse whatever these say.
 *
 * @param only {@code SSLRequireSSL}: 403 for a request without TLS
 * @param conditions {@code SSLRequire}: all must hold for a request over TLS; one without TLS is not asked, as in httpd
 */
public record TlsAccess(boolean only, List<Condition> conditions) {
    /** No rules: all clients are admitted. */
    public static final TlsAccess NONE = new TlsAccess(false, List.of());

    public TlsAccess {
        conditions = List.copyOf(conditions);
    }

    /**
     * One {@code SSLRequire} line. Two are equal when they say the same, wherever they stand.
     *
     * @param expression in the grammar of {@code SSLRequire}, checked when it was read
     */
    public record Condition(String expression, Source source) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Condition condition && expression.equals(condition.expression);
        }

        @Override
        public int hashCode() {
            return Objects.hash(expression);
        }
    }

    /** Whether any rule is there. */
    public boolean asks() {
        return only || !conditions.isEmpty();
    }

    /** Returns both sections' rules: they add up (ssl_config_perdir_merge). */
    TlsAccess and(TlsAccess over) {
        if (!asks() || !over.asks()) {
            return asks() ? this : over;
        }
        List<Condition> both = new ArrayList<>(conditions);
        both.addAll(over.conditions);
        return new TlsAccess(only || over.only, both);
    }
}
