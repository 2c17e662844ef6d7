package org.fairlead.boot;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/**
 * Log setup of the jar: one line per record on standard error, unless java.util.logging is configured by the operator.
 */
final class JarLogging {
    private JarLogging() {}

    static void configure() {
        if (System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null) {
            return;
        }
        try (InputStream in = JarLogging.class.getResourceAsStream("/org/fairlead/boot/logging.properties")) {
            LogManager.getLogManager().readConfiguration(in);
        } catch (IOException e) {
            throw new IllegalStateException("the jar lacks its logging configuration", e);
        }
    }
}
