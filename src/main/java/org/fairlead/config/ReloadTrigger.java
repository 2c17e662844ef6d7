package org.fairlead.config;

import java.util.Optional;

/** {@code ConfigReload}: what makes a running process read its configuration again. */
public enum ReloadTrigger {
    /** A change of the files, and a signal as well. */
    WATCH,
    /** A signal only (SIGHUP, SIGUSR1); in a container, which has none, a restart of the web application. */
    SIGNAL;

    /** Reads the directive; the default is {@link #WATCH}. */
    static ReloadTrigger read(Values server) {
        Optional<Entry> entry = server.entry("configreload");
        String word = entry.map(Entry::value).orElse("watch");
        if (word.equalsIgnoreCase("signal")) {
            return SIGNAL;
        }
        if (!word.equalsIgnoreCase("watch")) {
            server.bad(entry.orElseThrow(), "watch or signal");
        }
        return WATCH;
    }
}
