package org.fairlead.connector;

import org.apache.coyote.ProtocolException;

/**
 * Something to run for a client.
 *
 * @param since when it became ready, in {@link System#nanoTime}
 */
record Task(Runnable task, long since) {
    private static final System.Logger LOG = System.getLogger(Task.class.getName());

    void run() {
        try {
            task.run();
        } catch (ProtocolException e) {
            // Tomcat lets it out where a client has gone just before an HTTP/2 ping.
            LOG.log(System.Logger.Level.DEBUG, "a client left within the protocol", e);
        }
    }
}
