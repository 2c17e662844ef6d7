package org.fairlead.route;

import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Occurrences;
import org.fairlead.expression.Regex;
import org.fairlead.expression.Steps;
import org.fairlead.http.Headers;
import org.fairlead.model.HeaderRule;

/**
 * The actions of mod_headers that read a value before they change it: {@code edit}, {@code echo}, {@code append},
 * {@code merge}.
 */
final class FieldEdit {
    private FieldEdit() {}

    /**
     * Copies the request's fields whose names match a pattern.
     *
     * @throws EvaluationException if that takes more work than is allowed
     */
    static void echo(HeaderRule rule, Headers headers, HeaderRules.Context context) throws EvaluationException {
        Regex pattern = ExpressionCache.pattern(rule.pattern().orElse(rule.name()), false);
        Steps steps = Steps.ofOneLook();
        Headers request = context.exchange().request().headers();
        for (int i = 0; i < request.size(); i++) {
            if (pattern.test(request.name(i), steps) && !HeaderRules.isFraming(request.name(i))) {
                headers.add(request.name(i), request.value(i));
            }
        }
    }

    /**
     * Replaces the matches of a pattern in each value of the rule's field.
     *
     * @throws EvaluationException if that takes more work than is allowed; values that were done before stay changed
     */
    static void edit(HeaderRule rule, Headers headers, HeaderRules.Context context) throws EvaluationException {
        int line = headers.indexOf(rule.name(), 0);
        if (line < 0 || rule.pattern().isEmpty()) {
            return;
        }
        Regex pattern = ExpressionCache.pattern(rule.pattern().get(), false);
        Steps steps = Steps.ofOneLook();
        // httpd expands the format first and the groups afterwards, so that no group can be taken for a format.
        String replacement = HeaderFormat.expand(rule, context);
        boolean all = rule.action() == HeaderRule.Action.EDIT_ALL;
        for (; line >= 0; line = headers.indexOf(rule.name(), line + 1)) {
            Occurrences found = pattern.occurrences(headers.value(line), steps);
            if (found.next()) {
                headers.setValue(line, FieldValue.clean(replaced(found, headers.value(line), replacement, all)));
            }
        }
    }

    /**
     * Edits a client's claimed fields; a line that the pattern matches becomes the operator's own and moves over.
     *
     * @throws EvaluationException if that takes more work than is allowed
     */
    static void editClaims(HeaderRule rule, Headers request, Headers claimed, HeaderRules.Context context)
            throws EvaluationException {
        Regex pattern = ExpressionCache.pattern(rule.pattern().orElse(""), false);
        Steps steps = Steps.ofOneLook();
        int line = claimed.indexOf(rule.name(), 0);
        while (line >= 0) {
            if (pattern.test(claimed.value(line), steps)) {
                Headers own = Headers.of(claimed.name(line), claimed.value(line));
                edit(rule, own, context);
                request.add(own.name(0), own.value(0));
                claimed.removeAt(line--);
            }
            line = claimed.indexOf(rule.name(), line + 1);
        }
    }

    private static String replaced(Occurrences found, String value, String replacement, boolean all)
            throws EvaluationException {
        StringBuilder result = new StringBuilder(value.length() + replacement.length());
        int copied = 0;
        do {
            result.append(value, copied, found.start(0));
            References.fill(replacement, found::group, result);
            copied = found.end(0);
        } while (all && found.next());
        return result.append(value, copied, value.length()).toString();
    }

    /**
     * Appends a value to the present ones. To httpd a request's repeated lines are one list, so the value goes to the
     * end of the last line; in a response it goes to the first.
     */
    static void append(Headers headers, String name, String value, boolean request) {
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
    static void merge(Headers headers, String name, String value, boolean request) {
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
