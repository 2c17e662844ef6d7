package org.fairlead.servlet;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.fairlead.operations.ReloadSnapshot;

/**
 * JMX bean with the configuration's state, from {@link #show} to {@link #close}. The first bean of a JVM initializes
 * JMX itself, which takes as long as reading a configuration, so a start does not wait for it. Thread-safe.
 */
final class ConfigBean implements ConfigurationMXBean, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ConfigBean.class.getName());

    private static final int MAX_INSTANCES = 100;

    private final String context;
    private final Supplier<ReloadSnapshot> state;
    private Optional<ObjectName> shown = Optional.empty();
    private boolean closed;

    /** @param contextPath as the container has it; empty for the root */
    ConfigBean(String contextPath, Supplier<ReloadSnapshot> state) {
        this.context = contextPath.isEmpty() ? "/" : contextPath;
        this.state = state;
    }

    /**
     * Registers the bean, with {@code ,instance=2} and so on where two run for one path, as in a parallel deployment.
     * If JMX rejects it, the log says so and the proxy runs without. Does nothing after {@link #close}.
     */
    synchronized void show() {
        if (closed) {
            return;
        }
        try {
            String name = "org.fairlead:type=Configuration,context=" + ObjectName.quote(context);
            for (int instance = 1; instance <= MAX_INSTANCES && shown.isEmpty(); instance++) {
                shown = register(new ObjectName(instance == 1 ? name : name + ",instance=" + instance));
            }
        } catch (JMException e) {
            LOG.log(System.Logger.Level.WARNING, "JMX does not show the configuration", e);
        }
    }

    /** Registers the bean under a name; empty if the name is taken. */
    private Optional<ObjectName> register(ObjectName name) throws JMException {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, name);
            return Optional.of(name);
        } catch (InstanceAlreadyExistsException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isLastReloadSuccessful() {
        return state.get().successful();
    }

    @Override
    public double getLastReloadSuccessTimestampSeconds() {
        return state.get().lastSuccess().toEpochMilli() / 1000.0;
    }

    @Override
    public String[] getProblems() {
        return state.get().problems().toArray(new String[0]);
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (shown.isPresent()) {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(shown.get());
            }
        } catch (JMException e) {
            LOG.log(System.Logger.Level.WARNING, "JMX goes on showing the configuration", e);
        }
    }
}
