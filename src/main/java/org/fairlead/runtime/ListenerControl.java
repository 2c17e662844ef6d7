package org.fairlead.runtime;

import java.util.List;
import org.fairlead.config.ConfigException;
import org.fairlead.config.LoadedConfig;

/**
 * Control of the listeners beneath the servlet, which only our launcher has. The launcher sets the servlet context's
 * attribute {@link #ATTRIBUTE}; in a container that owns its connectors it is absent, and {@link #NONE} is used.
 */
public interface ListenerControl {
    /** The name of the servlet context's attribute. */
    String ATTRIBUTE = "org.fairlead.front";

    /** The control of connectors that another container owns. */
    ListenerControl NONE = new ListenerControl() {
        @Override
        public Change prepare(LoadedConfig next) {
            return Change.NOTHING;
        }

        @Override
        public void onRequest(Runnable reload) {
            // A container sends no reload signal.
        }
    };

    /**
     * Prepares the change to a new configuration, with all steps that can fail: binds the new listeners, reads
     * certificates. Clients see no effect before {@link Change#complete}.
     *
     * @throws ConfigException if a listener cannot be opened; then nothing has changed
     */
    Change prepare(LoadedConfig next) throws ConfigException;

    /**
     * Sets the task that is run when a reload of the configuration is requested (by a signal). It returns at once.
     */
    void onRequest(Runnable reload);

    /** The listeners that are open now, in configuration order; empty where another container owns the connectors. */
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

    /** A prepared change: exactly one of the two methods is called, once. */
    interface Change {
        /** The empty change. */
        Change NOTHING = new Change() {
            @Override
            public void complete() {}

            @Override
            public void cancel() {}
        };

        /** Commits: opens the new listeners, and closes the removed ones when their last requests are done. */
        void complete();

        /** Rolls back: the new configuration was not put in force. */
        void cancel();
    }
}
