package org.fairlead.metrics;

import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.balancer.MemberStatus;
import org.fairlead.counters.FailureCount;
import org.fairlead.counters.ResponseSample;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.operations.PoolSnapshot;
import org.fairlead.operations.ServerSnapshot;

/** Series of balancers and members; those that were removed are shown for five minutes more. */
record MemberMetrics(ServerSnapshot seen, Families families) {
    void collect() {
        for (BalancerSnapshot balancer : seen.balancers()) {
            balancer(balancer);
            balancer.members().forEach(member -> member(balancer.name(), member));
        }
        seen.leaving().forEach(left -> member(left.balancer(), left.member()));
    }

    private void balancer(BalancerSnapshot balancer) {
        String name = balancer.name();
        families.gauge(
                "fairlead_balancer_usable_members", "Members that can be chosen", balancer.usable(), "balancer", name);
        families.gauge(
                "fairlead_balancer_queued_requests",
                "Requests that wait for a member",
                balancer.queue().waiting(),
                "balancer",
                name);
        families.histogram(
                "fairlead_balancer_queue_duration_seconds",
                "Waits of requests that waited for a member",
                balancer.queue().waits(),
                "balancer",
                name);
        String rejected = "Requests that no member could take";
        families.count(
                "fairlead_balancer_rejected",
                rejected,
                balancer.queue().rejectedFull(),
                "balancer",
                name,
                "reason",
                "queue_full");
        families.count(
                "fairlead_balancer_rejected",
                rejected,
                balancer.queue().rejectedNoMember(),
                "balancer",
                name,
                "reason",
                "no_member");
        balancer.retries()
                .made()
                .forEach((cause, count) -> families.count(
                        "fairlead_balancer_retries",
                        "Second attempts",
                        count,
                        "balancer",
                        name,
                        "cause",
                        cause.label()));
        families.count(
                "fairlead_balancer_retries_denied",
                "Second attempts that the retry budget forbade",
                balancer.retries().denied(),
                "balancer",
                name);
    }

    private void member(String balancer, MemberSnapshot member) {
        String[] labels = {"balancer", balancer, "member", member.id()};
        families.gauge(
                "fairlead_member_usable",
                "Whether it can be chosen",
                member.status().isUsable() ? 1 : 0,
                labels);
        families.gauge(
                "fairlead_member_active_requests",
                "Requests at it",
                member.load().busy(),
                labels);
        families.gauge(
                "fairlead_member_weight",
                "Load factor that counts now",
                member.load().weight() / 100.0,
                labels);
        families.gauge(
                "fairlead_member_last_change_timestamp_seconds",
                "Since when it has its status",
                ServerMetrics.seconds(member.change().at()),
                labels);
        families.count(
                "fairlead_member_elected", "Times it was chosen", member.load().elected(), labels);
        families.count(
                "fairlead_member_bytes_sent",
                "Bytes of bodies sent to it",
                member.load().to(),
                labels);
        families.count(
                "fairlead_member_bytes_received",
                "Bytes of bodies from it",
                member.load().from(),
                labels);
        families.count(
                "fairlead_member_state_changes",
                "Changes of its status",
                member.recovery().changes(),
                labels);
        states(balancer, member);
        probes(balancer, member);
        pool(balancer, member);
        for (FailureCount failure : member.traffic().failures()) {
            families.count(
                    "fairlead_member_failures",
                    "Failed attempts",
                    failure.count(),
                    with(labels, "kind", failure.kind().label()));
        }
        for (ResponseSample sample : member.traffic().series()) {
            families.histogram(
                    "http_client_request_duration_seconds",
                    "Time of attempts to the head of the response",
                    sample.durations(),
                    "balancer",
                    balancer,
                    "error_type",
                    ServerMetrics.error(sample),
                    "http_request_method",
                    sample.method(),
                    "http_response_status_code",
                    ServerMetrics.status(sample),
                    "member",
                    member.id(),
                    "server_address",
                    member.config().address().host(),
                    "server_port",
                    Integer.toString(member.config().address().port()));
        }
    }

    private void states(String balancer, MemberSnapshot member) {
        MemberStatus status = member.status();
        state(balancer, member, "up", status.isUsable());
        state(balancer, member, "error", status.isInError());
        state(balancer, member, "probe_failed", status.isProbeFailed());
        state(balancer, member, "ejected", status.isEjected());
        for (StatusFlag flag : StatusFlag.values()) {
            if (flag != StatusFlag.ERROR && flag != StatusFlag.HEALTH_CHECK_FAILED) {
                families.gauge(
                        "fairlead_member_order",
                        "What the operator wants of it",
                        member.orders().flags().contains(flag) ? 1 : 0,
                        "balancer",
                        balancer,
                        "member",
                        member.id(),
                        "order",
                        flag.name().toLowerCase(java.util.Locale.ROOT));
            }
        }
    }

    private void state(String balancer, MemberSnapshot member, String state, boolean is) {
        families.gauge(
                "fairlead_member_state",
                "What was observed of it",
                is ? 1 : 0,
                "balancer",
                balancer,
                "member",
                member.id(),
                "state",
                state);
    }

    private void probes(String balancer, MemberSnapshot member) {
        if (member.config().health().isEmpty()) {
            return;
        }
        String[] labels = {"balancer", balancer, "member", member.id()};
        String help = "Health checks that ended";
        families.count("fairlead_member_probes", help, member.probes().passed(), with(labels, "result", "passed"));
        families.count("fairlead_member_probes", help, member.probes().failed(), with(labels, "result", "failed"));
        member.probes()
                .last()
                .ifPresent(last -> families.gauge(
                        "fairlead_member_probe_duration_seconds",
                        "How long its last health check took",
                        last.duration().toNanos() / 1e9,
                        labels));
    }

    private void pool(String balancer, MemberSnapshot member) {
        PoolSnapshot pool = seen.pool(balancer, member.id());
        String[] labels = {"balancer", balancer, "member", member.id()};
        String help = "Connections to it";
        families.gauge(
                "http_client_open_connections", help, pool.idle(), with(labels, "http_connection_state", "idle"));
        families.gauge(
                "http_client_open_connections", help, pool.busy(), with(labels, "http_connection_state", "active"));
        families.count("fairlead_member_connections_opened", "Connections made", pool.opened(), labels);
        families.count(
                "fairlead_member_connections_dropped", "Idle connections found unusable", pool.dropped(), labels);
    }

    private static String[] with(String[] labels, String name, String value) {
        String[] more = java.util.Arrays.copyOf(labels, labels.length + 2);
        more[labels.length] = name;
        more[labels.length + 1] = value;
        return more;
    }
}
