package org.fairlead.servlet;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.fairlead.runtime.ReloadState;

/** The configuration's state in JMX, from {@link #show} to {@link #close}. */
final class ConfigBean implements ConfigurationMXBean, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ConfigBean.class.getName());

    private final Supplier<ReloadState> state;
    private final ObjectName name;

    private ConfigBean(Supplier<ReloadState> state, ObjectName name) {
        this.state = state;
        this.name = name;
    }

    /** Registers it; empty, with a word in the log, if JMX does not take it: then the proxy runs without. */
    static Optional<ConfigBean> show(String contextPath, Supplier<ReloadState> state) {
        try {
            ObjectName name = new ObjectName("org.fairlead:type=Configuration,context="
                    + ObjectName.quote(contextPath.isEmpty() ? "/" : contextPath));
            ConfigBean bean = new ConfigBean(state, name);
            ManagementFactory.getPlatformMBeanServer().registerMBean(bean, name);
            return Optional.of(bean);
        } catch (JMException e) {
            LOG.log(System.Logger.Level.WARNING, "JMX does not show the configuration", e);
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
