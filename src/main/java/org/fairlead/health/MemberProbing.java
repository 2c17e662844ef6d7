package org.fairlead.health;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.MemberStatus;
import org.fairlead.balancer.ProbeResult;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ExpressionException;
import org.fairlead.health.Probe.Reply;
import org.fairlead.http.LogText;
import org.fairlead.model.HealthCheckConfig;

/**
 * The probe loop of one member: wait, probe, evaluate, report. Guarded by its monitor, which is never held while a
 * probe runs.
 */
final class MemberProbing {
    private static final System.Logger LOG = System.getLogger(HealthMonitor.class.getName());

    /** The jitter of a wait, as a share of the interval. */
    static final double JITTER = 0.1;

    private final Member member;
    private final HealthCheckConfig check;
    private final HealthExpression expression;
    private final Probe probe;
    private final Scheduler scheduler;
    private final Executor workers;
    private final DoubleSupplier random;
    private final HealthCounter counter;
    private Scheduler.Alarm alarm = () -> {};
    private boolean ended;
    private boolean passing = true;

    MemberProbing(
            Member member,
            HealthCheckConfig check,
            Probe probe,
            Scheduler scheduler,
            Executor workers,
            DoubleSupplier random)
            throws ExpressionException {
        this.member = member;
        this.check = check;
        this.expression = HealthExpression.parse(check.expression());
        this.probe = probe;
        this.scheduler = scheduler;
        this.workers = workers;
        this.random = random;
        this.counter = new HealthCounter(check.passes(), check.fails());
    }

    synchronized void scheduleNext() {
        if (!ended) {
            alarm = scheduler.after(jittered(check.interval(), random.getAsDouble()), () -> workers.execute(this::run));
        }
    }

    /** The interval, a tenth less to a tenth more as {@code random} goes from 0 to 1. */
    static Duration jittered(Duration interval, double random) {
        double factor = 1 - JITTER + 2 * JITTER * random;
        return Duration.ofNanos((long) (interval.toNanos() * factor));
    }

    synchronized void end() {
        ended = true;
        alarm.cancel();
    }

    private void run() {
        try {
            if (member.status().isStopped()) {
                pause();
            } else {
                long start = System.nanoTime();
                Optional<String> failure = failure();
                tell(failure, Duration.ofNanos(System.nanoTime() - start));
            }
        } finally {
            scheduleNext();
        }
    }

    private synchronized boolean wasPassing() {
        return passing;
    }

    private synchronized void pause() {
        counter.reset();
    }

    /** Probes once; returns the failure, empty if it passed. */
    private Optional<String> failure() {
        try {
            Optional<Reply> reply = probe.ask(member, check);
            if (reply.isEmpty() || expression.passes(reply.get())) {
                return Optional.empty();
            }
            return Optional.of("status " + reply.get().status() + " (expected: " + expression + ")");
        } catch (IOException | EvaluationException e) {
            return Optional.of(e.toString());
        } catch (RuntimeException e) {
            // A bug in an adapter must not end the probing of this member, nor count as a pass.
            if (wasPassing()) {
                LOG.log(Level.ERROR, "member " + member.id() + ": probe broke", e);
            }
            return Optional.of(e.toString());
        }
    }

    private synchronized void tell(Optional<String> failure, Duration duration) {
        if (ended) {
            return;
        }
        boolean passed = failure.isEmpty();
        member.probed(new ProbeResult(
                passed,
                Instant.now(),
                duration,
                failure.map(why -> LogText.clean(why, Probe.LONGEST_REASON)).orElse("")));
        if (passed != passing) {
            passing = passed;
            LOG.log(
                    passed ? Level.INFO : Level.WARNING,
                    "member " + member.id() + ": "
                            + failure.map(why -> "probe failed: " + LogText.clean(why, Probe.LONGEST_REASON))
                                    .orElse("probe passes again"));
        }
        MemberStatus status = member.status();
        switch (counter.count(passed, status.isInError() || status.isProbeFailed())) {
            case BRING_BACK -> member.probePassed();
            case TAKE_OUT -> member.probeFailed();
            case NOTHING -> {}
        }
    }
}
