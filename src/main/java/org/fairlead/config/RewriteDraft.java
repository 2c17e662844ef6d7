package org.fairlead.config;

import java.util.Optional;
import java.util.function.Function;
import org.fairlead.model.RewriteRule;

/**
 * A rule whose balancer has no final name yet.
 *
 * @param rule makes the record, once that is known
 * @param balancer where {@code P} leads
 * @param path what is asked for there
 */
record RewriteDraft(
        Function<Optional<RewriteRule.Proxy>, RewriteRule> rule, Optional<BalancerDraft> balancer, String path) {
    RewriteRule named(Balancers balancers) {
        return rule.apply(balancer.map(draft -> new RewriteRule.Proxy(balancers.name(draft), path)));
    }
}
