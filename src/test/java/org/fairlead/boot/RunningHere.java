package org.fairlead.boot;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.connector.Listeners;

/**
 * What {@code --config FILE} starts, in the test's own process: for tests of many configurations, where a JVM for each
 * would take most of the time.
 */
public final class RunningHere implements AutoCloseable {
    private final EmbeddedTomcat tomcat;
    private final List<String> notices;

    private RunningHere(EmbeddedTomcat tomcat, List<String> notices) {
        this.tomcat = tomcat;
        this.notices = notices;
    }

    /** A port that somebody else took in the meantime; the next try takes another. */
    public static final class PortTakenException extends Exception {
        PortTakenException(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Starts and returns when connections are accepted.
     *
     * @throws ConfigException if the file is refused
     */
    public static RunningHere start(Path file) throws ConfigException, PortTakenException {
        LoadedConfig loaded = new ConfigLoader().load(file);
        MembersCheck.run(loaded.config());
        try {
            return new RunningHere(
                    EmbeddedTomcat.start(loaded, () -> {}),
                    loaded.notices().stream().map(Object::toString).toList());
        } catch (Listeners.PortException e) {
            throw new PortTakenException(e);
        }
    }

    /** Returns what was said of the file. */
    public List<String> notices() {
        return notices;
    }

    /** Returns where it listens, in configuration order. */
    public List<URI> listeners() {
        return tomcat.urls().stream().map(URI::create).toList();
    }

    /** Does what SIGHUP does: the file is read again, on another thread. */
    public void reload() {
        tomcat.reload();
    }

    @Override
    public void close() {
        tomcat.stop();
    }
}
