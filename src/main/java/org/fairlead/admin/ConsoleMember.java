package org.fairlead.admin;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.counters.FailureCount;
import org.fairlead.operations.ServerSnapshot;

/** The texts about a member that are shown beside its figures. */
record ConsoleMember(ServerSnapshot seen, BalancerSnapshot balancer, MemberSnapshot member) {
    private Instant now() {
        return seen.process().now();
    }

    /** The colour of the row's edge; empty for a member that is in service. */
    static String edge(MemberSnapshot member) {
        if (ConsoleState.isBroken(member)) {
            return "bad";
        }
        if (member.status().isOutOfService()) {
            return "idle";
        }
        return member.status().isDraining() ? "warn" : "";
    }

    /** httpd's word, route, load factor and set. */
    String names() {
        String route = member.orders().route();
        return "<small>" + Html.text(member.status().words())
                + (route.isEmpty() ? "" : " · route " + Html.text(route)) + " · loadfactor "
                + ManagerPage.factor(member.orders().loadFactorHundredths()).replaceFirst("\\.00$", "")
                + (member.orders().lbset() == 0
                        ? ""
                        : " · lbset " + member.orders().lbset()) + "</small>";
    }

    /** The time and cause of the last change of state. */
    String since() {
        String cause = member.change().cause();
        return ConsoleText.ago(member.change().at(), now())
                + (cause.isEmpty() ? "" : "<small>" + Html.text(cause) + "</small>");
    }

    /** The author and reason of the order; empty for a state that stands in the configuration. */
    String reason() {
        OrderOrigin origin = member.origin();
        if (origin.author().equals(OrderOrigin.CONFIGURATION)) {
            return "";
        }
        return "<small>" + Html.text(origin.author()) + ", " + ConsoleText.ago(origin.at(), now())
                + (origin.reason().isEmpty() ? "" : ": " + Html.text(origin.reason())) + "</small>";
    }

    /** The last failure with its age; empty = there was none. */
    String lastError() {
        Optional<FailureCount> last =
                member.traffic().failures().stream().max(Comparator.comparing(FailureCount::lastAt));
        return last.map(failure -> Html.text(failure.kind().label()) + ", " + ConsoleText.ago(failure.lastAt(), now())
                        + "<small>" + Html.text(ConsoleState.plain(failure.lastText())) + "</small>")
                .orElse("");
    }
}
