package org.fairlead.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairlead.balancer.Affinity;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Lease;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.NoMemberException;
import org.fairlead.counters.FailureKind;
import org.fairlead.counters.TrafficCounters;
import org.fairlead.exchange.ClientWatch;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.Suspension;
import org.fairlead.http.LogText;
import org.fairlead.http.RefusedException;

/**
 * The forwarding of one routed request: attempts at members until one responds or none is left. While a member is
 * silent the thread may be released; {@link #run} then resumes where it stopped. Used by one thread at a time.
 */
final class Forwarding {
    private static final System.Logger LOG = System.getLogger(Forwarding.class.getName());

    private final Exchange exchange;
    private final ExchangeObserver observer;
    private final Balancer balancer;
    private final Upstream upstream;
    private final RequestWriter requests;
    private final ResponseRelay relay;

    private final Affinity wish;
    private List<Member> tried = List.of();
    private Optional<Attempt> current = Optional.empty();
    private Optional<UpstreamException> failure = Optional.empty();
    private boolean mayHaveActed;
    private volatile boolean clientLeft;

    Forwarding(
            RequestContext context, Balancer balancer, Upstream upstream, RequestWriter requests, ResponseRelay relay) {
        this.exchange = context.exchange();
        this.observer = context.observer();
        this.balancer = balancer;
        this.upstream = upstream;
        this.requests = requests;
        this.relay = relay;
        this.wish = balancer.wish(exchange.request(), exchange.connection());
        balancer.countSession(exchange.request(), wish);
    }

    /** One attempt at a member. */
    private static final class Attempt {
        private final Lease lease;
        private final long start;
        private Optional<PendingResponse> pending = Optional.empty();
        /** Whether a stale pooled connection had failed, so that this is a second try on a new one. */
        private boolean again;
        /** Whether a thread was released for it: the thread that resumes waits for the rest. */
        private boolean paused;

        Attempt(Lease lease, long start) {
            this.lease = lease;
            this.start = start;
        }
    }

    /**
     * Runs until the client has its response, or until the exchange is suspended.
     *
     * @param pause resumes by calling this again
     * @return whether the client has it; false = a member is awaited without this thread
     */
    boolean run(Suspension pause) throws IOException, RefusedException {
        while (true) {
            Attempt attempt;
            UpstreamResponse answer;
            try {
                attempt = current.isPresent() ? current.get() : begin();
                PendingResponse pending = attempt.pending.isPresent() ? attempt.pending.get() : send(attempt);
                if (letsGo(attempt, pending, pause)) {
                    return false;
                }
                answer = await(pending);
            } catch (NoMemberException e) {
                nobodyLeft(e);
                return true;
            } catch (UpstreamException e) {
                if (clientLeft) {
                    leave();
                    throw new ClientGoneException("the client has left while its member was awaited", e);
                }
                if (goesOnAfter(e)) {
                    continue;
                }
                relay.error(FailureStatus.of(e));
                return true;
            } catch (RefusedException | RuntimeException e) {
                current.ifPresent(left -> left.lease.close());
                throw e;
            }
            long latency = System.nanoTime() - attempt.start;
            observer.answered(answer.head().status(), answer.connectedAt() - attempt.start, latency);
            relay.answer(attempt.lease, answer, latency);
            return true;
        }
    }

    private Attempt begin() throws NoMemberException {
        if (exchange.trace().isOn()) {
            traced().selecting(wish, tried);
        }
        long asked = System.nanoTime();
        Lease lease = balancer.lease(wish, tried);
        long start = System.nanoTime();
        Attempt attempt = new Attempt(lease, start);
        current = Optional.of(attempt);
        observer.attempted(lease.member(), start - asked);
        BalancerVariables.set(exchange.environment(), balancer, wish, lease.member(), lease.routeChanged());
        return attempt;
    }

    private AttemptTrace traced() {
        return new AttemptTrace(exchange.trace(), observer, balancer);
    }

    private PendingResponse send(Attempt attempt) throws UpstreamException, RefusedException {
        Member member = attempt.lease.member();
        try {
            PendingResponse pending = upstream.send(member, requests.to(member), attempt.again);
            attempt.pending = Optional.of(pending);
            if (exchange.trace().isOn()) {
                observer.sent(System.nanoTime() - attempt.start);
            }
            return pending;
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, "a head that must not be written: " + e.getMessage());
        }
    }

    /** The member need not go on for a client that has left. */
    private UpstreamResponse await(PendingResponse pending) throws UpstreamException {
        ClientWatch watch = exchange.watchClient(() -> {
            clientLeft = true;
            pending.cancel();
        });
        try {
            return pending.answer();
        } finally {
            watch.close();
        }
    }

    private boolean letsGo(Attempt attempt, PendingResponse pending, Suspension pause) {
        if (attempt.paused || !pending.isSilent()) {
            return false;
        }
        Optional<Runnable> goOn = exchange.pause(pause);
        if (goOn.isEmpty()) {
            return false;
        }
        attempt.paused = true;
        if (!pending.whenHeard(goOn.get())) {
            goOn.get().run();
        }
        return true;
    }

    /** Called instead of {@link #run} after a suspension whose client has left. */
    void cancel() {
        current.flatMap(attempt -> attempt.pending).ifPresent(PendingResponse::cancel);
        leave();
    }

    /** Settles the lease after the client has left; the member is not to blame. */
    private void leave() {
        current.ifPresent(attempt -> {
            attempt.lease
                    .member()
                    .traffic()
                    .ended(exchange.request().method(), 0, FailureKind.CLIENT_GONE, System.nanoTime() - attempt.start);
            attempt.lease.close();
        });
        observer.failed(FailureKind.CLIENT_GONE, false);
    }

    /** Whether another attempt is possible. */
    private boolean goesOnAfter(UpstreamException e) {
        Attempt attempt = current.orElseThrow();
        Member member = attempt.lease.member();
        attempt.pending = Optional.empty();
        if (!attempt.again && next(e) == RetryPolicy.Next.SAME_MEMBER) {
            LOG.log(System.Logger.Level.DEBUG, "{0} {1}: stale connection, again", exchange.id(), member.name());
            if (exchange.trace().isOn()) {
                traced().failed(member, e, "the pooled connection was stale: the same member on a new one");
            }
            attempt.again = true;
            attempt.paused = false;
            return true;
        }
        current = Optional.empty();
        failure = Optional.of(e);
        blame(attempt.lease, e);
        count(attempt, e);
        attempt.lease.close();
        RetryVerdict verdict = mayGoOn(e);
        boolean retried = verdict == RetryVerdict.RETRIED;
        if (exchange.trace().isOn()) {
            traced().failed(member, e, words(verdict, e));
        }
        observer.failed(e.kind().failure(), retried);
        if (!retried) {
            return false;
        }
        tried = Stream.concat(tried.stream(), Stream.of(member)).toList();
        return true;
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
                // A pooled connection may just have gone stale: that says nothing about the member.
                if (!failure.reusedConnection()) {
                    lease.failed();
                }
            }
            case TIMEOUT -> lease.timedOut();
            case BAD_ANSWER, CUT -> lease.badResponse();
            case CLIENT_BODY -> {
                // The fault is the client's alone.
            }
        }
    }

    private void count(Attempt attempt, UpstreamException failure) {
        FailureKind kind = failure.kind().failure();
        TrafficCounters traffic = attempt.lease.member().traffic();
        traffic.failed(kind, LogText.clean(failure.getMessage()));
        traffic.ended(exchange.request().method(), 0, kind, System.nanoTime() - attempt.start);
    }

    private RetryVerdict mayGoOn(UpstreamException failure) {
        RetryPolicy.Next next = next(failure);
        boolean acted = next != RetryPolicy.Next.OTHER_MEMBER;
        if (next == RetryPolicy.Next.GIVE_UP) {
            return RetryVerdict.NOT_REPEATABLE;
        } else if (acted && mayHaveActed) {
            return RetryVerdict.REPEATED_ONCE;
        }
        mayHaveActed |= acted;
        if (tried.size() >= balancer.maxAttempts()) {
            return RetryVerdict.ATTEMPTS_USED;
        }
        return balancer.allowsRetry(failure.kind().failure()) ? RetryVerdict.RETRIED : RetryVerdict.BUDGET_USED;
    }

    private String words(RetryVerdict verdict, UpstreamException failure) {
        return verdict == RetryVerdict.NOT_REPEATABLE
                ? RetryPolicy.whyNone(
                        failure, exchange.request(), exchange.body().isPresent())
                : verdict.words();
    }

    private void nobodyLeft(NoMemberException nobody) throws IOException {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} {1}: {2}",
                exchange.id(),
                balancer.config().name(),
                nobody.getMessage());
        if (exchange.trace().isOn()) {
            traced().unavailable(nobody.getMessage());
        }
        if (failure.isPresent()) {
            relay.error(FailureStatus.of(failure.get()));
        } else {
            observer.failed(nobody.kind(), false);
            relay.unavailable(nobody.retryAfter());
        }
    }
}
