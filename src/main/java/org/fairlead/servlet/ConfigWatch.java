package org.fairlead.servlet;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.config.Problem;
import org.fairlead.config.ReloadTrigger;
import org.fairlead.files.FileFingerprint;
import org.fairlead.model.ProxyConfig;
import org.fairlead.operations.ReloadSnapshot;
import org.fairlead.runtime.ListenerControl;

/**
 * Poller of the configuration's files: checks every second whether they have changed, and replaces the running
 * configuration by a valid new one once the files are quiet. An invalid one, or one that serves nothing, is logged, and
 * the running one stays. With {@code ConfigReload signal} it does not poll.
 *
 * <p>It polls instead of using file events, so that an edit in place, a rename over the file and a changed link (as
 * containers' orchestrators make them) are all seen. Owns the daemon thread {@code fairlead-config-watch}.
 */
final class ConfigWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ConfigWatch.class.getName());

    /** System property, in milliseconds; for tests that have no second to wait. */
    static final String INTERVAL = "fairlead.config.interval";

    private static final int DEFAULT_INTERVAL_MILLIS = 1000;

    private final Path file;
    private final ListenerControl front;
    private final Consumer<ProxyConfig> taker;
    private final ScheduledExecutorService thread;
    private final Clock clock = Clock.systemUTC();
    private volatile LoadedConfig running;
    /** Polled places: the running configuration's, and those of one that was refused. */
    private Set<Path> places;

    private Map<Path, String> known;
    private Map<Path, String> seen;
    private volatile ReloadSnapshot state;
    private volatile Consumer<List<String>> onRefusal = problems -> {};
    private ReloadGuard guard;
    /** Polls in a row that found the files unchanged. */
    private int quiet;

    /** Makes a watch that polls on request; {@link #start} makes one that polls by itself. */
    ConfigWatch(LoadedConfig first, Path file, ListenerControl front, Consumer<ProxyConfig> taker) {
        this.file = file;
        this.front = front;
        this.taker = taker;
        this.running = first;
        this.guard = new ReloadGuard(first, first.files());
        this.places = places(first);
        this.known = FileFingerprint.of(places);
        this.seen = known;
        this.state = ReloadSnapshot.started(clock.instant());
        this.thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.called("fairlead-config-watch"));
    }

    /**
     * Watches the file that {@code first} was read from, those that it includes, and the places where it searches for
     * them.
     *
     * @param front is asked before and notified after a change
     * @param taker gets each valid new configuration; an {@link IllegalArgumentException} of it refuses one
     */
    static ConfigWatch start(LoadedConfig first, Path file, ListenerControl front, Consumer<ProxyConfig> taker) {
        ConfigWatch watch = new ConfigWatch(first, file, front, taker);
        int millis = millis();
        watch.thread.scheduleWithFixedDelay(watch::look, millis, millis, TimeUnit.MILLISECONDS);
        front.onRequest(() -> watch.thread.execute(watch::reloadNow));
        return watch;
    }

    /** The time between two polls of the files. */
    static int millis() {
        return Integer.getInteger(INTERVAL, DEFAULT_INTERVAL_MILLIS);
    }

    /** Runs a task on the watch's thread at its first poll: work that need not be done for a start. */
    void later(Runnable task) {
        thread.schedule(task, millis(), TimeUnit.MILLISECONDS);
    }

    /** Sets the listener for configurations that are refused; it gets their problems. */
    void onRefusal(Consumer<List<String>> listener) {
        onRefusal = listener;
    }

    private static Set<Path> places(LoadedConfig loaded) {
        Set<Path> places = new LinkedHashSet<>(loaded.files());
        places.addAll(loaded.searched());
        return places;
    }

    ReloadSnapshot state() {
        return state;
    }

    /** The running configuration in the native form. */
    String text() {
        return running.yaml();
    }

    void look() {
        try {
            if (running.reload() == ReloadTrigger.SIGNAL) {
                return;
            }
            Map<Path, String> now = FileFingerprint.of(places);
            quiet = now.equals(seen) ? quiet + 1 : 0;
            seen = now;
            if (!now.equals(known)) {
                changed(now);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the configuration could not be looked at", e);
        }
    }

    /** The fingerprint of a file that is being written differs at each poll, or is that of its first part. */
    private void changed(Map<Path, String> now) {
        int needed = quiet < ReloadGuard.QUIET_LOOKS ? ReloadGuard.QUIET_LOOKS : guard.looksNeeded();
        if (quiet >= needed) {
            guard.emptied().ifPresentOrElse(why -> hold(now, why), () -> reload(now));
        } else if (quiet == ReloadGuard.QUIET_LOOKS) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "configuration {0} has become shorter in place and may be half-written: it is taken over when it has"
                            + " not changed for {1} looks (a file that is renamed over it is taken over at once)",
                    file,
                    needed);
        }
    }

    /** Leaves the files unread until they change again. */
    private void hold(Map<Path, String> now, String why) {
        known = now;
        refuse(why);
    }

    private void refuse(String why) {
        LOG.log(System.Logger.Level.ERROR, "configuration {0} refused, the running one stays: {1}", file, why);
        refused(List.of(why));
    }

    /** Takes over what the files say now, changed or not, for an explicit reload request. */
    void reloadNow() {
        try {
            reload(FileFingerprint.of(places));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the configuration could not be read again", e);
        }
    }

    /** @param before fingerprints of the files before they were read: an edit meanwhile is still to be seen */
    private void reload(Map<Path, String> before) {
        known = before;
        Set<Path> read = new HashSet<>(places);
        try {
            LoadedConfig next = new ConfigLoader().load(file);
            read = places(next);
            Optional<String> refusal = guard.refusal(next);
            if (refusal.isPresent()) {
                refuse(refusal.get());
            } else {
                takeOver(next);
            }
        } catch (ConfigException e) {
            read.addAll(e.places());
            guard = new ReloadGuard(running, read);
            e.problems().forEach(problem -> LOG.log(System.Logger.Level.ERROR, problem::toString));
            LOG.log(System.Logger.Level.ERROR, "configuration {0} refused, the running one stays", file);
            refused(e.problems().stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .map(Problem::toString)
                    .toList());
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "configuration {0} cannot run, the running one stays: {1}",
                    file,
                    e.getMessage());
            refused(List.of(e.getMessage()));
        }
        places = read;
        known = FileFingerprint.of(places);
        known.replaceAll(before::getOrDefault);
        seen = known;
    }

    private void refused(List<String> why) {
        state = state.refused(clock.instant(), why);
        onRefusal.accept(why);
    }

    private void takeOver(LoadedConfig next) throws ConfigException {
        ListenerControl.Change change = front.prepare(next);
        try {
            taker.accept(next.config());
        } catch (RuntimeException e) {
            change.cancel();
            throw e;
        }
        change.complete();
        tell(next);
        running = next;
        guard = new ReloadGuard(next, next.files());
        state = state.taken(clock.instant());
        LOG.log(System.Logger.Level.INFO, "configuration {0} taken over", file);
    }

    /** Logs the problems that the previous configuration did not have. */
    private void tell(LoadedConfig next) {
        next.notices().stream()
                .filter(notice ->
                        running.notices().stream().noneMatch(told -> told.text().equals(notice.text())))
                .forEach(notice -> LOG.log(System.Logger.Level.WARNING, notice::toString));
        int before = running.config().server().healthCheckThreads();
        if (before != next.config().server().healthCheckThreads()) {
            LOG.log(System.Logger.Level.WARNING, "ProxyHCTPsize changes at the next start");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
