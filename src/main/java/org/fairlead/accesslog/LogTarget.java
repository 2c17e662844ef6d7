package org.fairlead.accesslog;

import java.io.IOException;

/** The target of log lines: a file or a program. Used by one thread at a time. */
interface LogTarget {
    /** Writes whole lines, also after {@link #close}: tunnels outlive the configuration that names their log. */
    void write(byte[] bytes, int length) throws IOException;

    /** Closes the target once it has taken all lines; may wait for as long as the target does. */
    void close();

    /** Closes it without waiting, also while another thread writes: that write fails where the target can be ended. */
    void abandon();
}
