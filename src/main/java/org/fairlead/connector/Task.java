package org.fairlead.connector;

import org.apache.coyote.ProtocolException;

/**
 * Task to run for a client.
 *
 * @param since when it became ready, in {@link System#nanoTime}
 */
record Task(Runnable task, long since) {
    private static final System.Logger LOG = System.getLogger(Task.class.getName());

    void run() {
        try {
            task.run();
        } catch (ProtocolException e) {
            // Tomcat throws it where a client has left just before an HTTP/2 ping.
            LOG.log(System.Logger.Level.DEBUG, "a client left within the protocol", e);
        }
    }
}
