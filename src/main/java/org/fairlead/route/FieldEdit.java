package org.fairlead.route;

import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Occurrences;
import org.fairlead.expression.Regex;
import org.fairlead.expression.Steps;
import org.fairlead.http.Headers;
import org.fairlead.model.HeaderRule;

/** What of mod_headers looks for a pattern: {@code edit}, {@code edit*} and {@code echo}. In bounded time. */
final class FieldEdit {
    private FieldEdit() {}

    /**
     * Copies the request's fields whose names a pattern is found in.
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
     * Replaces what a pattern finds in each value of the rule's field.
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
        // httpd fills the format in first and the groups afterwards, so that no group can be taken for a format.
        String replacement = HeaderFormat.expand(rule, context);
        boolean all = rule.action() == HeaderRule.Action.EDIT_ALL;
        for (; line >= 0; line = headers.indexOf(rule.name(), line + 1)) {
            Occurrences found = pattern.occurrences(headers.value(line), steps);
            if (found.next()) {
                headers.setValue(line, FieldValue.clean(replaced(found, headers.value(line), replacement, all)));
            }
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
}
