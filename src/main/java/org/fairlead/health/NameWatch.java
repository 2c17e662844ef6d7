package org.fairlead.health;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Endpoint;
import org.fairlead.http.LogText;
import org.fairlead.model.MemberConfig;

/** The periodic resolution of one member's name. Guarded by its monitor, which is never held during a lookup. */
final class NameWatch {
    private static final System.Logger LOG = System.getLogger(Discovery.class.getName());

    /** The period of lookups without {@code addressttl}: as long as the JVM caches a result. */
    static final Duration DEFAULT_PERIOD = Duration.ofSeconds(30);

    /** The delay of the next lookup after a failure. */
    static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /** The shortest period; more frequent lookups gain nothing. */
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);

    private final Balancer balancer;
    private final MemberConfig member;
    private final Lookup lookup;
    private final Scheduler scheduler;
    private final Executor workers;
    private final DoubleSupplier random;
    private final Consumer<Balancer> changed;
    private final CountDownLatch first = new CountDownLatch(1);
    private Scheduler.Alarm alarm = () -> {};
    private List<Endpoint> known = List.of();
    private boolean failing;
    private boolean ended;

    NameWatch(
            Balancer balancer,
            MemberConfig member,
            Lookup lookup,
            Scheduler scheduler,
            Executor workers,
            DoubleSupplier random,
            Consumer<Balancer> changed) {
        this.balancer = balancer;
        this.member = member;
        this.lookup = lookup;
        this.scheduler = scheduler;
        this.workers = workers;
        this.random = random;
        this.changed = changed;
    }

    /** A latch that opens after the first lookup. */
    CountDownLatch first() {
        return first;
    }

    synchronized void lookAfter(Duration delay) {
        if (!ended) {
            alarm = scheduler.after(delay, () -> workers.execute(this::look));
        }
    }

    synchronized void end() {
        ended = true;
        alarm.cancel();
        first.countDown();
    }

    private void look() {
        Duration next = AFTER_FAILURE;
        try {
            if (found(lookup.endpoints())) {
                changed.accept(balancer);
            }
            next = period();
        } catch (IOException e) {
            failed(e.toString());
        } catch (RuntimeException e) {
            // A bug in an adapter must not end the following of this name.
            if (failed(e.toString())) {
                LOG.log(Level.ERROR, "member " + member.name() + ": looking up its name broke", e);
            }
        } finally {
            first.countDown();
            lookAfter(MemberProbing.jittered(next.compareTo(period()) < 0 ? next : period(), random.getAsDouble()));
        }
    }

    private Duration period() {
        Duration period = member.pool().addressTtl().orElse(DEFAULT_PERIOD);
        return period.compareTo(SHORTEST_PERIOD) < 0 ? SHORTEST_PERIOD : period;
    }

    private synchronized boolean found(List<Endpoint> endpoints) {
        if (ended) {
            return false;
        }
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "member " + member.name() + ": its name is known again");
        }
        if (endpoints.equals(known)) {
            return false;
        }
        LOG.log(Level.INFO, () -> "member " + member.name() + ": lives at " + describe(endpoints));
        balancer.replaceMembers(member.name(), endpoints);
        known = endpoints;
        return true;
    }

    private static List<String> describe(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> endpoint.config().address().authority()
                        + endpoint.address().map(a -> "@" + a.getHostAddress()).orElse(""))
                .toList();
    }

    /** Logs a failure, once for consecutive failures; returns whether it did. */
    private synchronized boolean failed(String why) {
        if (failing || ended) {
            return false;
        }
        failing = true;
        LOG.log(
                Level.WARNING,
                "member " + member.name() + ": its name cannot be looked up, "
                        + (known.isEmpty() ? "and was never known" : "so it stays at " + describe(known)) + ": "
                        + LogText.clean(why, Probe.LONGEST_REASON));
        return true;
    }
}
