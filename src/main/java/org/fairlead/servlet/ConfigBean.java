package org.fairlead.servlet;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.fairlead.runtime.ReloadState;

/** The configuration's state in JMX, from {@link #show} to {@link #close}. */
final class ConfigBean implements ConfigurationMXBean, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ConfigBean.class.getName());

    private static final int MOST_INSTANCES = 100;

    private final Supplier<ReloadState> state;
    private final ObjectName name;

    private ConfigBean(Supplier<ReloadState> state, ObjectName name) {
        this.state = state;
        this.name = name;
    }

    /**
     * Registers it, with {@code ,instance=2} and so on where two run for one path, as in a parallel deployment; empty, with
     * a word in the log, if JMX does not take it: then the proxy runs without.
     */
    static Optional<ConfigBean> show(String contextPath, Supplier<ReloadState> state) {
        String name = "org.fairlead:type=Configuration,context="
                + ObjectName.quote(contextPath.isEmpty() ? "/" : contextPath);
        try {
            for (int instance = 1; instance <= MOST_INSTANCES; instance++) {
                Optional<ConfigBean> bean = register(instance == 1 ? name : name + ",instance=" + instance, state);
                if (bean.isPresent()) {
                    return bean;
                }
            }
        } catch (JMException e) {
            LOG.log(System.Logger.Level.WARNING, "JMX does not show the configuration", e);
        }
        return Optional.empty();
    }

    /** Empty if the name is taken. */
    private static Optional<ConfigBean> register(String name, Supplier<ReloadState> state) throws JMException {
        ConfigBean bean = new ConfigBean(state, new ObjectName(name));
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(bean, bean.name);
            return Optional.of(bean);
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
    public void close() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException e) {
            LOG.log(System.Logger.Level.WARNING, "JMX goes on showing the configuration", e);
        }
    }
}
