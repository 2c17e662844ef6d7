package org.fairlead.boot;

import org.apache.tomcat.util.modeler.Registry;

/**
 * Tomcat's own MBeans. They are made where somebody has opened JMX from outside when the process was started, by one of
 * the JDK's properties {@code com.sun.management.jmxremote…}, and not otherwise: they are a third of a start's time, and
 * some are made with every connection.
 */
final class TomcatBeans {
    private static final String OPENED = "com.sun.management.jmxremote";

    private TomcatBeans() {}

    /** Is asked before there is a Tomcat. */
    static void prepare() {
        if (System.getProperties().stringPropertyNames().stream().noneMatch(name -> name.startsWith(OPENED))) {
            Registry.disableRegistry();
        }
    }
}
