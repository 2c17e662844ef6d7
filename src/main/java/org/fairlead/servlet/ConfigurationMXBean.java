package org.fairlead.servlet;

/**
 * JMX attributes of the configuration: {@code org.fairlead:type=Configuration,context="/…"}. Public because JMX
 * requires it.
 */
public interface ConfigurationMXBean {
    /** Whether the running configuration is what the files say. */
    boolean isLastReloadSuccessful();

    /** Seconds since 1970, when the running configuration was taken over. */
    double getLastReloadSuccessTimestampSeconds();

    /** Why the last one was refused, one line each; empty if it was not. */
    String[] getProblems();
}
