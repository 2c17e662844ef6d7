package org.fairlead.engine;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Lease;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.NoMemberException;
import org.fairlead.balancer.Wish;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.LogText;
import org.fairlead.exchange.RefusedException;

/** One routed request on its way: attempts at members until one answers or nobody is left. Used by one thread. */
final class Forwarding {
    private static final System.Logger LOG = System.getLogger(Forwarding.class.getName());

    private final Exchange exchange;
    private final ExchangeObserver observer;
    private final Balancer balancer;
    private final Upstream upstream;
    private final RequestWriter requests;
    private final Relay relay;

    private final Wish wish;
    private final List<Member> tried = new ArrayList<>(2);
    private boolean mayHaveActed;

    Forwarding(Call call, Balancer balancer, Upstream upstream, RequestWriter requests, Relay relay) {
        this.exchange = call.exchange();
        this.observer = call.observer();
        this.balancer = balancer;
        this.upstream = upstream;
        this.requests = requests;
        this.relay = relay;
        this.wish = balancer.wish(exchange.request(), exchange.connection());
    }

    void run() throws IOException, RefusedException {
        Optional<UpstreamException> failure = Optional.empty();
        while (true) {
            Lease lease;
            long asked = System.nanoTime();
            try {
                lease = balancer.lease(wish, tried);
            } catch (NoMemberException e) {
                nobodyLeft(failure, e);
                return;
            }
            long start = System.nanoTime();
            observer.attempted(lease.member(), start - asked);
            failure = attempt(lease, start);
            if (failure.isEmpty()) {
                return;
            }
            if (!mayGoOn(failure.get())) {
                relay.error(statusOf(failure.get()));
                return;
            }
            tried.add(lease.member());
        }
    }

    /** Empty if the client has its answer, for good or bad. */
    private Optional<UpstreamException> attempt(Lease lease, long start) throws IOException, RefusedException {
        BalancerVariables.set(exchange.environment(), balancer, wish, lease);
        Answer answer;
        try {
            answer = ask(lease.member());
        } catch (UpstreamException e) {
            blame(lease, e);
            lease.close();
            return Optional.of(e);
        } catch (IllegalArgumentException e) {
            lease.close();
            throw new RefusedException(400, "a head that must not be written: " + e.getMessage());
        } catch (RefusedException | RuntimeException e) {
            lease.close();
            throw e;
        }
        long latency = System.nanoTime() - start;
        observer.answered(answer.head().status(), answer.connectedAt() - start, latency);
        relay.answer(lease, answer, latency);
        return Optional.empty();
    }

    /** Asks, and once more on a new connection where the pooled one had died of age. */
    private Answer ask(Member member) throws UpstreamException, RefusedException {
        try {
            return upstream.send(member, requests.to(member), false);
        } catch (UpstreamException e) {
            if (next(e) != RetryPolicy.Next.SAME_MEMBER) {
                throw e;
            }
            LOG.log(System.Logger.Level.DEBUG, "{0} {1}: stale connection, again", exchange.id(), member.name());
            return upstream.send(member, requests.to(member), true);
        }
    }

    private RetryPolicy.Next next(UpstreamException failure) {
        return RetryPolicy.after(failure, exchange.request(), exchange.body().isPresent());
    }

    private void blame(Lease lease, UpstreamException failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} {1}: {2}",
                exchange.id(),
                failure.kind(),
                LogText.clean(failure.getMessage()));
        switch (failure.kind()) {
            case CONNECT, TLS, PING -> lease.failed();
            case BROKEN -> {
                // A pooled connection may just have died of age: that says nothing about the member.
                if (!failure.reusedConnection()) {
                    lease.failed();
                }
            }
            case TIMEOUT -> lease.timedOut();
            case BAD_ANSWER, CUT -> lease.spoiled();
            case CLIENT_BODY -> {
                // Nobody is to blame but the client.
            }
        }
    }

    private boolean mayGoOn(UpstreamException failure) {
        return switch (next(failure)) {
            case GIVE_UP -> false;
            case OTHER_MEMBER -> tried.size() < balancer.maxAttempts() && balancer.allowsRetry();
            case SAME_MEMBER, OTHER_MEMBER_ONCE -> {
                boolean first = !mayHaveActed;
                mayHaveActed = true;
                yield first && tried.size() < balancer.maxAttempts() && balancer.allowsRetry();
            }
        };
    }

    private void nobodyLeft(Optional<UpstreamException> failure, NoMemberException nobody) throws IOException {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} {1}: {2}",
                exchange.id(),
                balancer.config().name(),
                nobody.getMessage());
        if (failure.isPresent()) {
            relay.error(statusOf(failure.get()));
        } else {
            relay.unavailable(nobody.retryAfter());
        }
    }

    private static int statusOf(UpstreamException failure) {
        if (failure.kind() != Kind.CLIENT_BODY) {
            return failure.kind().status();
        }
        // Adapters and containers wrap what they were told in exceptions of their own.
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof LimitedBody.TooLargeException) {
                return 413;
            }
            if (cause instanceof SocketTimeoutException) {
                return 408;
            }
        }
        return failure.kind().status();
    }
}
