package org.fairlead.servlet;

import java.util.List;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.SelectionPreview;
import org.fairlead.counters.FailureKind;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.http.Headers;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.Settings;
import org.fairlead.route.Host;
import org.fairlead.route.Match;

/** Two observers of one exchange. An error of the second, which is not ours, is logged and goes no further. */
final class ObserverPair implements ExchangeObserver {
    private static final System.Logger LOG = System.getLogger(ObserverPair.class.getName());

    private final ExchangeObserver first;
    private final ExchangeObserver second;

    private ObserverPair(ExchangeObserver first, ExchangeObserver second) {
        this.first = first;
        this.second = second;
    }

    /** @param foreign the embedding application's; none = the first alone */
    static ExchangeObserver of(ExchangeObserver first, ExchangeObserver foreign) {
        return foreign == ExchangeObserver.NONE ? first : new ObserverPair(first, foreign);
    }

    private static void shielded(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the application's observer failed", e);
        }
    }

    @Override
    public DecisionTrace trace() {
        return first.trace();
    }

    @Override
    public void selecting(SelectionPreview seen) {
        first.selecting(seen);
        shielded(() -> second.selecting(seen));
    }

    @Override
    public void sent(long nanos) {
        first.sent(nanos);
        shielded(() -> second.sent(nanos));
    }

    @Override
    public void attemptFailed(String error, String next) {
        first.attemptFailed(error, next);
        shielded(() -> second.attemptFailed(error, next));
    }

    @Override
    public void served(Host host, Settings settings) {
        first.served(host, settings);
        shielded(() -> second.served(host, settings));
    }

    @Override
    public void forwarded(Balancer balancer, Match.Forward forward) {
        first.forwarded(balancer, forward);
        shielded(() -> second.forwarded(balancer, forward));
    }

    @Override
    public void refused(String by, int status) {
        first.refused(by, status);
        shielded(() -> second.refused(by, status));
    }

    @Override
    public void requestFields(List<HeaderRule> rules, Headers fields) {
        first.requestFields(rules, fields);
        shielded(() -> second.requestFields(rules, fields));
    }

    @Override
    public void attempted(Member member, long queuedNanos) {
        first.attempted(member, queuedNanos);
        shielded(() -> second.attempted(member, queuedNanos));
    }

    @Override
    public void answered(int status, long connectedNanos, long headNanos) {
        first.answered(status, connectedNanos, headNanos);
        shielded(() -> second.answered(status, connectedNanos, headNanos));
    }

    @Override
    public void failed(FailureKind kind, boolean retried) {
        first.failed(kind, retried);
        shielded(() -> second.failed(kind, retried));
    }

    @Override
    public void ended(int status, long bytes, long nanos) {
        first.ended(status, bytes, nanos);
        shielded(() -> second.ended(status, bytes, nanos));
    }
}
