package org.fairlead.exchange;

import java.nio.channels.SelectableChannel;

/**
 * Port: says when a channel has something to read, so that nobody needs to wait for it. Our own launcher has one; in another
 * container nobody watches. Thread-safe.
 */
public interface ReadinessNotifier {
    /** The name of the servlet context's attribute under which the launcher leaves its own. */
    String ATTRIBUTE = ReadinessNotifier.class.getName();

    /** Nobody watches. */
    ReadinessNotifier NONE = new ReadinessNotifier() {
        @Override
        public boolean watch(SelectableChannel channel, Runnable ready) {
            return false;
        }

        @Override
        public void leave(SelectableChannel channel) {}
    };

    /**
     * Has {@code ready} run, once and without blocking, when there is something to read or the peer has ended its side. The
     * channel must not block; it stays watched, at no cost, also when nobody asks any more.
     *
     * @return whether it will be; false = whoever asks has to wait
     */
    boolean watch(SelectableChannel channel, Runnable ready);

    /** Ends what {@link #watch} has begun: the channel may block again, or was closed. */
    void leave(SelectableChannel channel);
}
