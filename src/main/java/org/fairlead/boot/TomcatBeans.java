package org.fairlead.boot;

import java.util.Properties;
import org.apache.tomcat.util.modeler.Registry;

/**
 * Switch for Tomcat's own MBeans. They are made only where the process was started with JMX open to remote clients, by
 * one of the JDK's properties {@code com.sun.management.jmxremote…}. Otherwise they are not: they take a third of the
 * start, and some are made with every connection.
 */
final class TomcatBeans {
    private static final String OPENED = "com.sun.management.jmxremote";

    /** Property that names a file with those properties. */
    private static final String FILE = "com.sun.management.config.file";

    private TomcatBeans() {}

    /** Decides; to be called before there is a Tomcat. */
    static void prepare() {
        if (!areWanted(System.getProperties())) {
            Registry.disableRegistry();
        }
    }

    static boolean areWanted(Properties properties) {
        return properties.stringPropertyNames().stream().anyMatch(name -> name.startsWith(OPENED) || name.equals(FILE));
    }
}
