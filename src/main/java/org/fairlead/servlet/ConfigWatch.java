package org.fairlead.servlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.model.ProxyConfig;

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
    private final Consumer<ProxyConfig> taker;
    private final ScheduledExecutorService thread;
    private LoadedConfig running;
    private Map<Path, String> known;
    private Map<Path, String> seen;

    /** Looks when it is told to; {@link #start} makes one that looks by itself. */
    ConfigWatch(LoadedConfig first, Path file, Consumer<ProxyConfig> taker) {
        this.file = file;
        this.taker = taker;
        this.running = first;
        this.known = state(first.files());
        this.seen = known;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "fairlead-config-watch");
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /**
     * Watches the file that {@code first} was read from, and those that it includes.
     *
     * @param taker gets each valid new configuration; an {@link IllegalArgumentException} of it refuses one
     */
    static ConfigWatch start(LoadedConfig first, Path file, Consumer<ProxyConfig> taker) {
        ConfigWatch watch = new ConfigWatch(first, file, taker);
        watch.thread.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    void look() {
        try {
            Map<Path, String> now = state(running.files());
            boolean settled = now.equals(seen);
            seen = now;
            // A file that is still being written looks different each time.
            if (settled && !now.equals(known)) {
                known = now;
                reload(now);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the configuration could not be looked at", e);
        }
    }

    /** @param before what the files looked like before they were read: an edit meanwhile is one to be seen yet */
    private void reload(Map<Path, String> before) {
        try {
            LoadedConfig next = new ConfigLoader().load(file);
            taker.accept(next.config());
            if (!places(next).equals(places(running))) {
                LOG.log(System.Logger.Level.WARNING, "listeners and their certificates change at the next start");
            }
            running = next;
            known = state(next.files());
            known.replaceAll(before::getOrDefault);
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
    private static Map<Path, String> state(Collection<Path> files) {
        Map<Path, String> state = new LinkedHashMap<>();
        for (Path file : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                state.put(file, attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size());
            } catch (IOException e) {
                state.put(file, "is not there");
            }
        }
        return state;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
