package org.fairlead.runtime;

import java.util.List;
import org.fairlead.config.ConfigException;
import org.fairlead.config.LoadedConfig;

/**
 * What has listeners of its own beneath the servlet: the launcher. It leaves itself in the servlet context under
 * {@link #ATTRIBUTE}; in a container, whose connectors are not ours, nothing is there and {@link #NONE} stands for it.
 */
public interface ListenerControl {
    /** The name of the servlet context's attribute. */
    String ATTRIBUTE = "org.fairlead.front";

    /** Connectors that are somebody else's. */
    ListenerControl NONE = new ListenerControl() {
        @Override
        public Change prepare(LoadedConfig next) {
            return Change.NOTHING;
        }

        @Override
        public void onRequest(Runnable reload) {
            // Nobody asks in a container.
        }
    };

    /**
     * Does whatever of the change to a new configuration can fail: binds the new listeners, reads certificates. Clients
     * see nothing of it before {@link Change#complete}.
     *
     * @throws ConfigException if a listener cannot be opened; then nothing has changed
     */
    Change prepare(LoadedConfig next) throws ConfigException;

    /**
     * Says what is to be run when somebody asks for the configuration to be read again (a signal). It returns at once.
     */
    void onRequest(Runnable reload);

    /** The listeners that are open now, in configuration order; empty where connectors are somebody else's. */
    default List<OpenListener> listeners() {
        return List.of();
    }

    /** How many requests may be under way at once; 0 = not known. */
    default int workerLimit() {
        return 0;
    }

    /**
     * An open listener.
     *
     * @param url with the port that is bound
     * @param port the same port
     * @param connections open client connections
     */
    record OpenListener(String url, int port, long connections) {}

    /** A change that is ready: one of the two is called, once. */
    interface Change {
        /** Of nothing. */
        Change NOTHING = new Change() {
            @Override
            public void complete() {}

            @Override
            public void cancel() {}
        };

        /** The new configuration runs: opens what is new, and closes what is gone when its last requests are through. */
        void complete();

        /** The new configuration does not run: takes everything back. */
        void cancel();
    }
}
