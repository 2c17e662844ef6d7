package org.fairlead.servlet;

/**
 * What JMX shows of the configuration: {@code org.fairlead:type=Configuration,context="/…"}. Public because JMX asks for
 * it.
 */
public interface ConfigurationMXBean {
    /** Whether what the files say is what runs. */
    boolean isLastReloadSuccessful();

    /** Seconds since 1970, when the running configuration was taken over. */
    double getLastReloadSuccessTimestampSeconds();

    /** Why the last one was refused, one line each; empty if it was not. */
    String[] getProblems();
}
