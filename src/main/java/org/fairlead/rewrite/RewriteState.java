package org.fairlead.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.expression.Captures;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.expression.Steps;

/** The state of one request in the rules: its path, query and groups so far. Used by one thread. */
final class RewriteState {
    private final Exchange exchange;
    private final Maps maps;
    private final String requested;
    private final Optional<String> requestedQuery;
    private final RewriteVariables variables;
    private final Steps steps;
    private final List<String> cookies = new ArrayList<>(0);

    private String path;
    private Optional<String> query;
    private Captures ruleGroups = Captures.NONE;
    private Captures conditionGroups = Captures.NONE;
    private int status = 200;
    private boolean reduced;

    /** @param requested the client's path as rules see it */
    RewriteState(
            Exchange exchange,
            ServerIdentity server,
            String documentRoot,
            Maps maps,
            String requested,
            Optional<String> query,
            Steps steps) {
        this.exchange = exchange;
        this.maps = maps;
        this.requested = requested;
        this.requestedQuery = query;
        this.path = requested;
        this.query = query;
        this.steps = steps;
        this.variables = new RewriteVariables(exchange, server, documentRoot, this);
    }

    Exchange exchange() {
        return exchange;
    }

    Environment environment() {
        return exchange.environment();
    }

    RewriteVariables variables() {
        return variables;
    }

    Maps maps() {
        return maps;
    }

    Steps steps() {
        return steps;
    }

    /** The path that the client asked for, which no rule changes. */
    String requested() {
        return requested;
    }

    /** The path, or URL, that the rules have made so far. */
    String path() {
        return path;
    }

    void path(String made) {
        path = made;
    }

    /** The query after the question mark; empty if there is none. */
    Optional<String> query() {
        return query;
    }

    void query(Optional<String> made) {
        query = made;
    }

    boolean keptQuery() {
        return query.equals(requestedQuery);
    }

    Captures ruleGroups() {
        return ruleGroups;
    }

    Captures conditionGroups() {
        return conditionGroups;
    }

    /** A rule's pattern has matched: its conditions start with no groups of their own. */
    void matched(Captures groups) {
        ruleGroups = groups;
        conditionGroups = Captures.NONE;
    }

    void conditionMatched(Captures groups) {
        conditionGroups = groups;
    }

    /** The configured status of a redirect; 200 if there is none. */
    int status() {
        return status;
    }

    void status(int code) {
        status = code;
    }

    /** Whether an absolute URL proved to be this host's own. */
    boolean isReduced() {
        return reduced;
    }

    void reduce(String local) {
        path = local;
        reduced = true;
    }

    List<String> cookies() {
        return cookies;
    }
}
