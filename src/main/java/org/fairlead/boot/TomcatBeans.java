package org.fairlead.boot;

import java.util.Properties;
import org.apache.tomcat.util.modeler.Registry;

/**
 * Tomcat's own MBeans. They are made where somebody has opened JMX from outside when the process was started, by one of
 * the JDK's properties {@code com.sun.management.jmxremote…}, and not otherwise: they are a third of a start's time, and
 * some are made with every connection.
 */
final class TomcatBeans {
    private static final String OPENED = "com.sun.management.jmxremote";

    /** Names a file with those properties. */
    private static final String FILE = "com.sun.management.config.file";

    private TomcatBeans() {}

    /** Is asked before there is a Tomcat. */
    static void prepare() {
        if (!areWanted(System.getProperties())) {
            Registry.disableRegistry();
        }
    }

    static boolean areWanted(Properties properties) {
        return properties.stringPropertyNames().stream().anyMatch(name -> name.startsWith(OPENED) || name.equals(FILE));
    }
}
