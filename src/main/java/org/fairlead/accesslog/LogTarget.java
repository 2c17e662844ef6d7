package org.fairlead.accesslog;

import java.io.IOException;

/** Where bytes end: a file or a program. Used by one thread at a time. */
interface LogTarget {
    /** Writes whole lines. After {@link #close}, too: tunnels outlive the configuration that told where to log them. */
    void write(byte[] bytes, int length) throws IOException;

    /** Lets go of it. */
    void close();
}
