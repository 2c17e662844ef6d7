package org.fairlead.engine;

import java.util.List;
import org.fairlead.exchange.ClaimedFields;
import org.fairlead.http.Headers;
import org.fairlead.model.HeaderRule;

/**
 * Alternative spellings of field names. A program behind CGI or WSGI reads a hyphen and an underscore as the same:
 * {@code X_Forwarded_For}. Spellings of a field of ours, or of a rule, go to no member; any other passes.
 */
final class OtherSpellings {
    private OtherSpellings() {}

    /** Drops such fields from what a client has sent. */
    static void drop(Headers fields, List<HeaderRule> rules) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (isOne(fields.name(i), rules)) {
                fields.removeAt(i);
            }
        }
    }

    /** Whether a field's name is another spelling of a field that we or the rules set, edit or take away. */
    static boolean isOne(String name, List<HeaderRule> rules) {
        if (ClaimedFields.looksUsual(name)) {
            return true;
        }
        for (HeaderRule rule : rules) {
            if (ClaimedFields.areOneInCgi(name, rule.name())) {
                return !isNamed(name, rules);
            }
        }
        return false;
    }

    private static boolean isNamed(String name, List<HeaderRule> rules) {
        return rules.stream().anyMatch(rule -> rule.name().equalsIgnoreCase(name));
    }
}
