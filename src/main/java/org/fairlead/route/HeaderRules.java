package org.fairlead.route;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fairlead.exchange.ClaimedFields;
import org.fairlead.exchange.Exchange;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ExchangeVariables;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.expression.Variables;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.ResponseHead;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.HeaderRule.Condition;

/**
 * {@code RequestHeader} and {@code Header} rules (mod_headers) over the fields of a message.
 *
 * <p>No rule changes fields of framing or of one connection ({@code Content-Length}, {@code Transfer-Encoding},
 * {@code Connection} and its like). The operator cannot set those, and a line that tries has no effect. Values can hold
 * no line end.
 */
public final class HeaderRules {
    private HeaderRules() {}

    /**
     * The time at which a request came, for {@code %t} and {@code %D}.
     *
     * @param nanos on the clock of {@link System#nanoTime}
     */
    public record Moment(long nanos) {
        public static Moment now() {
            return new Moment(System.nanoTime());
        }

        /** Microseconds since 1970. */
        public long epochMicros() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - elapsedMicros();
        }

        long elapsedMicros() {
            return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - nanos);
        }
    }

    /**
     * The exchange whose fields are changed.
     *
     * @param server the host's identity, for expressions
     */
    public record Subject(Exchange exchange, Moment start, ServerIdentity server) {
        /** A host of which only the name is known; may be empty. */
        public Subject(Exchange exchange, Moment start, String serverName) {
            this(exchange, start, ServerIdentity.named(serverName));
        }

        private Context asked() {
            return new Context(exchange, start, true, ExchangeVariables.of(exchange, server));
        }

        private Context answered(ResponseHead head, Headers framing) {
            return new Context(
                    exchange,
                    start,
                    false,
                    ExchangeVariables.of(exchange, server).answered(head, framing));
        }
    }

    /** The context of rules and of their values. */
    record Context(Exchange exchange, Moment start, boolean request, Variables variables) {}

    /** The error in a format string, as {@code … (expected: …)}; empty if there is none. */
    public static Optional<String> checkFormat(String format) {
        return HeaderFormat.check(format);
    }

    /**
     * Applies the {@code RequestHeader} rules that are not {@code early} to the fields that a member shall get.
     *
     * <p>Rules see claimed fields, but these go on only where a rule has made them the operator's own. {@code set} and
     * the like replace them by a value, and a field that {@code edit} has changed moves over.
     *
     * @param claimed the client's claimed fields, taken from {@code request}; those left in the end are for no member
     * @throws RefusedException 500 if the pattern of a rule takes more work than is allowed
     */
    public static void request(List<HeaderRule> rules, Headers request, Headers claimed, Subject subject)
            throws RefusedException {
        request(rules, false, request, claimed, subject);
    }

    /**
     * Applies the {@code RequestHeader} rules that are {@code early} to the client's fields, before any phase.
     *
     * @return the fields that are still only claimed
     * @throws RefusedException 500 if the pattern of a rule takes more work than is allowed
     */
    public static ClaimedFields earlyRequest(
            List<HeaderRule> rules, Headers request, ClaimedFields claims, Subject subject) throws RefusedException {
        if (rules.stream().noneMatch(HeaderRule::early)) {
            return claims;
        }
        Headers claimed = claims.takeFrom(request);
        request(rules, true, request, claimed, subject);
        List<String> own = new ArrayList<>();
        request.forEach((name, value) -> {
            if (claims.covers(name)) {
                own.add(name);
            }
        });
        claimed.forEach((name, value) -> {
            if (!request.contains(name)) {
                request.add(name, value);
            }
        });
        return claims.without(own);
    }

    private static void request(
            List<HeaderRule> rules, boolean early, Headers request, Headers claimed, Subject subject)
            throws RefusedException {
        if (rules.isEmpty()) {
            return;
        }
        Context context = subject.asked();
        for (HeaderRule rule : rules) {
            if (rule.early() == early && isMet(rule, context)) {
                try {
                    apply(rule, request, claimed, context);
                } catch (EvaluationException e) {
                    throw Undecided.refusal(rule.source(), e);
                }
                if (subject.exchange().trace().isOn()) {
                    subject.exchange().trace().say(rule.source(), TraceWords.requestHeader(rule, request));
                }
            }
        }
    }

    private static void apply(HeaderRule rule, Headers request, Headers claimed, Context context)
            throws EvaluationException {
        if (claimed.contains(rule.name())) {
            if (rule.action() == HeaderRule.Action.EDIT || rule.action() == HeaderRule.Action.EDIT_ALL) {
                FieldEdit.editClaims(rule, request, claimed, context);
            } else {
                claimed.remove(rule.name());
            }
        }
        apply(rule, request, context);
    }

    /** A response is there already, so a rule whose pattern takes too many steps changes nothing, as in httpd. */
    private static void applyToResponse(HeaderRule rule, Headers headers, Context context) {
        try {
            apply(rule, headers, context);
        } catch (EvaluationException e) {
            Undecided.tell(rule.source(), e);
        }
    }

    /**
     * Applies {@code Header} rules to a member's response. As in httpd there are two tables: the response's own fields,
     * for the rules without {@code always}, and one that starts empty, for those with {@code always}. Both are sent,
     * the latter first. So {@code Header always set} adds a second line beside a member's own. {@code early} without
     * {@code always} has no effect, because the member's fields come later.
     *
     * @param framing the member's fields as they came, of which rules may read those that frame its response
     */
    public static void response(List<HeaderRule> rules, ResponseHead answer, Headers framing, Subject subject) {
        if (rules.isEmpty()) {
            return;
        }
        Headers response = answer.headers();
        Context context = subject.answered(answer, framing);
        Headers always = always(rules, response, context);
        for (HeaderRule rule : rules) {
            if (!rule.always() && !rule.early() && isMet(rule, context)) {
                applyToResponse(rule, response, context);
            }
        }
        response.addFirst(always);
    }

    /** Applies {@code Header} rules to a response of our own making; only those with {@code always} apply. */
    public static void ownResponse(List<HeaderRule> rules, ResponseHead answer, Subject subject) {
        if (!rules.isEmpty()) {
            answer.headers().addFirst(always(rules, answer.headers(), subject.answered(answer, new Headers())));
        }
    }

    private static Headers always(List<HeaderRule> rules, Headers response, Context context) {
        Headers table = new Headers();
        for (boolean early : new boolean[] {true, false}) {
            for (HeaderRule rule : rules) {
                if (rule.always() && rule.early() == early && isMet(rule, context)) {
                    applyToResponse(rule, isOutsideTables(rule) ? response : table, context);
                }
            }
        }
        return table;
    }

    /** httpd keeps the media type apart from both tables, so there is only one, and echoes into the other table. */
    private static boolean isOutsideTables(HeaderRule rule) {
        return rule.action() == HeaderRule.Action.ECHO || rule.name().equalsIgnoreCase("Content-Type");
    }

    private static boolean isMet(HeaderRule rule, Context context) {
        if (rule.condition() instanceof Condition.Env env) {
            return context.exchange().environment().isSet(env.name()) != env.negated();
        }
        if (rule.condition() instanceof Condition.Expression expression) {
            try {
                return ExpressionCache.condition(expression.text()).test(context.variables());
            } catch (EvaluationException e) {
                Undecided.tell(rule.source(), e);
                return false;
            }
        }
        return true;
    }

    private static void apply(HeaderRule rule, Headers headers, Context context) throws EvaluationException {
        String name = rule.name();
        if (isFraming(name) && rule.action() != HeaderRule.Action.NOTE) {
            return;
        }
        switch (rule.action()) {
            case SET -> headers.set(name, HeaderFormat.expand(rule, context));
            case SETIFEMPTY -> {
                if (!headers.contains(name)) {
                    headers.add(name, HeaderFormat.expand(rule, context));
                }
            }
            case ADD -> headers.add(name, HeaderFormat.expand(rule, context));
            case APPEND -> FieldEdit.append(headers, name, HeaderFormat.expand(rule, context), context.request());
            case MERGE -> FieldEdit.merge(headers, name, HeaderFormat.expand(rule, context), context.request());
            case UNSET -> headers.remove(name);
            case ECHO -> FieldEdit.echo(rule, headers, context);
            case EDIT, EDIT_ALL -> FieldEdit.edit(rule, headers, context);
            case NOTE ->
                headers.first(name)
                        .or(() -> framing(name, context))
                        .ifPresent(value ->
                                context.exchange().environment().set(HeaderFormat.expand(rule, context), value));
        }
    }

    private static Optional<String> framing(String name, Context context) {
        return Optional.of(context.variables().lookup(Variables.Table.RESPONSE_HEADER, name))
                .filter(value -> !value.isEmpty());
    }

    static boolean isFraming(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 7 -> name.equalsIgnoreCase("Upgrade");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 -> name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("HTTP2-Settings");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            default -> false;
        };
    }
}
