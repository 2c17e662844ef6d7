package org.fairlead.accesslog;

import java.io.IOException;

/** Where bytes end: a file or a program. Used by one thread at a time. */
interface LogTarget {
    /** Writes whole lines. After {@link #close}, too: tunnels outlive the configuration that told where to log them. */
    void write(byte[] bytes, int length) throws IOException;

    /** Lets go of it, once it has what it was given; may wait for as long as the target does. */
    void close();

    /** Lets go of it without waiting, also while another thread writes: that write fails where the target can be ended. */
    void abandon();
}
