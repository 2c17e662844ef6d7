package org.fairlead.exchange;

import java.nio.channels.SelectableChannel;

/**
 * Port: notifies when a channel becomes readable, so that no thread needs to wait for it. Our own launcher has one; in
 * another container there is no notifier. Thread-safe.
 */
public interface ReadinessNotifier {
    /** The name of the servlet context's attribute under which the launcher leaves its own. */
    String ATTRIBUTE = ReadinessNotifier.class.getName();

    /** The absent notifier: watches no channel. */
    ReadinessNotifier NONE = new ReadinessNotifier() {
        @Override
        public boolean watch(SelectableChannel channel, Runnable ready) {
            return false;
        }

        @Override
        public void leave(SelectableChannel channel) {}
    };

    /**
     * Runs {@code ready}, once and without blocking, when the channel is readable or the peer has ended its side. The
     * channel must be non-blocking; it stays registered, at no cost, also when no callback is pending.
     *
     * @return whether {@code ready} will run; false = the caller has to wait itself
     */
    boolean watch(SelectableChannel channel, Runnable ready);

    /** Ends what {@link #watch} has begun: the channel may block again, or was closed. */
    void leave(SelectableChannel channel);
}
