package org.fairlead.admin;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.fairlead.admin.ApiTargets.Target;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.operations.Operations;
import org.fairlead.operations.ServerSnapshot;

/**
 * The JMX beans of balancers and members, in the JVM's own server. They follow the configuration a few seconds late, and
 * are gone after {@link #close}. Thread-safe.
 */
public final class OperationsBeans implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("org.fairlead.admin");
    private static final int MILLIS_BETWEEN_LOOKS = 5000;
    /** Some beans of a large configuration are enough to fill a console's tree. */
    private static final int MAX_BEANS = 2000;

    private static final int MAX_INSTANCES = 100;
    /** A console reads attribute by attribute; all of a moment come from one snapshot. */
    private static final long SNAPSHOT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Operations operations;
    private final String context;
    private final BeanOrders orders;
    private final Map<String, ObjectName> shown = new HashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.called("fairlead-jmx"));
    private Optional<ServerSnapshot> latest = Optional.empty();
    private long takenAt;
    private boolean closed;

    /** @param contextPath of the web application; empty for the root */
    OperationsBeans(String contextPath, Operations operations) {
        this.operations = operations;
        this.context = contextPath.isEmpty() ? "/" : contextPath;
        this.orders = new BeanOrders(
                operations,
                new AuditLog(() -> operations.snapshot().config().operations().auditLog()),
                this::forget);
    }

    /**
     * Shows the beans.
     *
     * @param contextPath of the web application; empty for the root
     * @param after how long after this: a start must not wait for JMX
     */
    public static OperationsBeans show(String contextPath, Operations operations, Duration after) {
        OperationsBeans beans = new OperationsBeans(contextPath, operations);
        beans.clock.scheduleWithFixedDelay(
                beans::lookSafely, after.toMillis(), MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        return beans;
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException | JMException e) {
            LOG.log(System.Logger.Level.WARNING, "JMX does not show all balancers and members", e);
        }
    }

    /** Registers beans of what is new, and unregisters those of what is gone. */
    synchronized void look() throws JMException {
        if (closed) {
            return;
        }
        Set<String> alive = new HashSet<>();
        for (BalancerSnapshot balancer : operations.snapshot().balancers()) {
            String name = "type=Balancer,context=" + ObjectName.quote(context) + ",name=" + word(balancer.name());
            add(alive, name, new BalancerBean(() -> balancer(balancer.name()), orders));
            for (MemberSnapshot member : balancer.members()) {
                add(
                        alive,
                        "type=Member,context=" + ObjectName.quote(context) + ",balancer=" + word(balancer.name())
                                + ",name=" + ObjectName.quote(member.id()),
                        new MemberBean(
                                () -> target(balancer.name(), member.id()),
                                () -> seen().pool(balancer.name(), member.id()),
                                orders));
            }
        }
        for (String name : Set.copyOf(shown.keySet())) {
            if (!alive.contains(name)) {
                remove(name);
            }
        }
    }

    private void add(Set<String> alive, String name, Object bean) throws JMException {
        alive.add(name);
        if (!shown.containsKey(name) && shown.size() < MAX_BEANS) {
            Optional<ObjectName> registered = Optional.empty();
            for (int instance = 1; instance <= MAX_INSTANCES && registered.isEmpty(); instance++) {
                registered = register(bean, "org.fairlead:" + name + (instance == 1 ? "" : ",instance=" + instance));
            }
            registered.ifPresent(as -> shown.put(name, as));
        }
    }

    /** Registers a bean; empty if the name is taken, as in a parallel deployment. */
    private static Optional<ObjectName> register(Object bean, String name) throws JMException {
        try {
            return Optional.of(
                    server().registerMBean(bean, new ObjectName(name)).getObjectName());
        } catch (InstanceAlreadyExistsException e) {
            return Optional.empty();
        }
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    private void remove(String name) throws JMException {
        ObjectName registered = shown.remove(name);
        if (server().isRegistered(registered)) {
            server().unregisterMBean(registered);
        }
    }

    /** A plain word stands in an object name as it is; all else is quoted. */
    private static String word(String text) {
        return text.matches("[A-Za-z0-9._-]+") ? text : ObjectName.quote(text);
    }

    private synchronized ServerSnapshot seen() {
        long now = System.nanoTime();
        if (latest.isEmpty() || now - takenAt > SNAPSHOT_NANOS) {
            latest = Optional.of(operations.snapshot());
            takenAt = now;
        }
        return latest.get();
    }

    private synchronized void forget() {
        latest = Optional.empty();
    }

    private BalancerSnapshot balancer(String name) {
        return seen().balancer(name).orElseThrow(() -> new IllegalStateException("the balancer is gone"));
    }

    private Target target(String balancer, String id) {
        BalancerSnapshot of = balancer(balancer);
        return of.members().stream()
                .filter(member -> member.id().equals(id))
                .findFirst()
                .map(member -> new Target(of, member))
                .orElseThrow(() -> new IllegalStateException("the member is gone"));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (this) {
            closed = true;
            for (String name : Set.copyOf(shown.keySet())) {
                try {
                    remove(name);
                } catch (JMException e) {
                    LOG.log(System.Logger.Level.WARNING, "JMX goes on showing " + name, e);
                }
            }
        }
    }
}
