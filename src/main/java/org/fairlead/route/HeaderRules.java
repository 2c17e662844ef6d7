package org.fairlead.route;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fairlead.exchange.Exchange;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ExchangeVariables;
import org.fairlead.expression.Variables;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.ResponseHead;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.HeaderRule.Condition;

/**
 * {@code RequestHeader} and {@code Header} (mod_headers) over the fields of a message.
 *
 * <p>No rule touches what frames a message or belongs to one connection ({@code Content-Length},
 * {@code Transfer-Encoding}, {@code Connection} and its like): those are not the operator's to say, and a line that tries
 * has no effect. Values can hold no line end.
 */
public final class HeaderRules {
    private HeaderRules() {}

    /**
     * When a request came, for {@code %t} and {@code %D}.
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
     * @param serverName what the host calls itself, for expressions; may be empty
     */
    public record Subject(Exchange exchange, Moment start, String serverName) {
        private Context asked() {
            return new Context(exchange, start, true, ExchangeVariables.of(exchange, serverName));
        }

        private Context answered(ResponseHead head) {
            return new Context(
                    exchange,
                    start,
                    false,
                    ExchangeVariables.of(exchange, serverName).answered(head));
        }
    }

    /** What rules and their values look at. */
    record Context(Exchange exchange, Moment start, boolean request, Variables variables) {}

    /** What is wrong with a format string, as {@code … (expected: …)}; empty if nothing is. */
    public static Optional<String> checkFormat(String format) {
        return HeaderFormat.check(format);
    }

    /**
     * Applies the {@code RequestHeader} rules that are not {@code early} to the fields that a member shall get.
     *
     * @throws RefusedException 500 if the pattern of one takes more work than is allowed
     */
    public static void request(List<HeaderRule> rules, Headers request, Subject subject) throws RefusedException {
        request(rules, false, request, subject);
    }

    /**
     * Applies the {@code RequestHeader} rules that are {@code early} to the client's fields, before anything is done.
     *
     * @throws RefusedException 500 if the pattern of one takes more work than is allowed
     */
    public static void earlyRequest(List<HeaderRule> rules, Headers request, Subject subject) throws RefusedException {
        request(rules, true, request, subject);
    }

    private static void request(List<HeaderRule> rules, boolean early, Headers request, Subject subject)
            throws RefusedException {
        if (rules.isEmpty()) {
            return;
        }
        Context context = subject.asked();
        for (HeaderRule rule : rules) {
            if (rule.early() == early && isMet(rule, context)) {
                try {
                    apply(rule, request, context);
                } catch (EvaluationException e) {
                    throw Undecided.refusal(rule.source(), e);
                }
            }
        }
    }

    /** A response is there already, so a rule whose pattern runs away changes nothing, as in httpd. */
    private static void applyToResponse(HeaderRule rule, Headers headers, Context context) {
        try {
            apply(rule, headers, context);
        } catch (EvaluationException e) {
            Undecided.tell(rule.source(), e);
        }
    }

    /**
     * Applies {@code Header} rules to a member's answer. As in httpd there are two tables: the answer's own fields, which
     * the rules without {@code always} work on, and one that starts empty, for those with {@code always}; both are sent,
     * the latter first. So {@code Header always set} adds a second line beside a member's own. {@code early} without
     * {@code always} has no effect, because the member's fields come later.
     */
    public static void response(List<HeaderRule> rules, ResponseHead answer, Subject subject) {
        if (rules.isEmpty()) {
            return;
        }
        Headers response = answer.headers();
        Context context = subject.answered(answer);
        Headers always = always(rules, response, context);
        for (HeaderRule rule : rules) {
            if (!rule.always() && !rule.early() && isMet(rule, context)) {
                applyToResponse(rule, response, context);
            }
        }
        response.addFirst(always);
    }

    /** Applies {@code Header} rules to an answer of our own making, which only {@code always} is for. */
    public static void ownResponse(List<HeaderRule> rules, ResponseHead answer, Subject subject) {
        if (!rules.isEmpty()) {
            answer.headers().addFirst(always(rules, answer.headers(), subject.answered(answer)));
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

    /** httpd keeps the media type apart from both tables, so that there is only one, and echoes into the other table. */
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
        if (isFraming(name)) {
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
            case APPEND -> append(headers, name, HeaderFormat.expand(rule, context), context.request());
            case MERGE -> merge(headers, name, HeaderFormat.expand(rule, context), context.request());
            case UNSET -> headers.remove(name);
            case ECHO -> FieldEdit.echo(rule, headers, context);
            case EDIT, EDIT_ALL -> FieldEdit.edit(rule, headers, context);
            case NOTE ->
                headers.first(name)
                        .ifPresent(value ->
                                context.exchange().environment().set(HeaderFormat.expand(rule, context), value));
        }
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

    /**
     * Puts a value behind those that are there. A request's repeated lines are one list to httpd, so there it stands at
     * the end of the last; of an answer's it takes the first.
     */
    private static void append(Headers headers, String name, String value, boolean request) {
        int line = headers.indexOf(name, 0);
        for (int next = line; request && next >= 0; next = headers.indexOf(name, next + 1)) {
            line = next;
        }
        if (line < 0) {
            headers.add(name, value);
        } else {
            headers.setValue(line, headers.value(line) + ", " + value);
        }
    }

    /** Appends unless a line's list has the value already; quoted strings are one element (mod_headers). */
    private static void merge(Headers headers, String name, String value, boolean request) {
        for (int line = headers.indexOf(name, 0); line >= 0; line = headers.indexOf(name, line + 1)) {
            if (lists(headers.value(line), value)) {
                return;
            }
        }
        append(headers, name, value, request);
    }

    private static boolean lists(String list, String value) {
        int at = 0;
        while (at < list.length()) {
            while (at < list.length() && (list.charAt(at) == ' ' || list.charAt(at) == '\t')) {
                at++;
            }
            int start = at;
            while (at < list.length() && list.charAt(at) != ',') {
                if (list.charAt(at++) == '"') {
                    int close = list.indexOf('"', at);
                    at = close < 0 ? list.length() : close + 1;
                }
            }
            if (list.substring(start, at).equals(value)) {
                return true;
            }
            at++;
        }
        return false;
    }
}
