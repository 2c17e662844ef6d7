package org.fairlead.servlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.runtime.ProxyRuntime;

/**
 * Looks every second whether the configuration's files have changed, and puts a valid new configuration in the place of
 * the running one. An invalid one is told in the log, and the running one goes on.
 *
 * <p>It looks instead of listening, so that an edit in place, a rename over the file and a changed link (as containers'
 * orchestrators make them) are all seen. Owns the daemon thread {@code fairlead-config-watch}.
 */
final class ConfigWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ConfigWatch.class.getName());

    private final Path file;
    private final ProxyRuntime runtime;
    private final ScheduledExecutorService thread;
    private LoadedConfig running;
    private List<String> known;
    private List<String> seen;

    private ConfigWatch(LoadedConfig first, Path file, ProxyRuntime runtime) {
        this.file = file;
        this.runtime = runtime;
        this.running = first;
        this.known = state(first.files());
        this.seen = known;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "fairlead-config-watch");
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /** Watches the file that {@code first} was read from, and those that it includes. */
    static ConfigWatch start(LoadedConfig first, Path file, ProxyRuntime runtime) {
        ConfigWatch watch = new ConfigWatch(first, file, runtime);
        watch.thread.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    private void look() {
        try {
            List<String> now = state(running.files());
            boolean settled = now.equals(seen);
            seen = now;
            // A file that is still being written looks different each time.
            if (settled && !now.equals(known)) {
                known = now;
                reload();
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the configuration could not be looked at", e);
        }
    }

    private void reload() {
        try {
            LoadedConfig next = new ConfigLoader().load(file);
            runtime.replace(next.config());
            if (!places(next).equals(places(running))) {
                LOG.log(System.Logger.Level.WARNING, "listeners and their certificates change at the next start");
            }
            running = next;
            known = state(next.files());
            seen = known;
            LOG.log(System.Logger.Level.INFO, "configuration {0} taken over", file);
        } catch (ConfigException e) {
            e.problems().forEach(problem -> LOG.log(System.Logger.Level.ERROR, problem::toString));
            LOG.log(System.Logger.Level.ERROR, "configuration {0} refused, the running one stays", file);
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "configuration {0} cannot run, the running one stays: {1}",
                    file,
                    e.getMessage());
        }
    }

    private static List<String> places(LoadedConfig loaded) {
        return loaded.config().listeners().stream()
                .map(listener -> listener.address() + ":" + listener.port() + " " + listener.isSecure())
                .toList();
    }

    /** What changes when a file does: its identity, time and size. */
    private static List<String> state(Collection<Path> files) {
        List<String> state = new ArrayList<>();
        for (Path file : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                state.add(file + " " + attributes.fileKey() + " " + attributes.lastModifiedTime() + " "
                        + attributes.size());
            } catch (IOException e) {
                state.add(file + " is not there");
            }
        }
        return state;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
