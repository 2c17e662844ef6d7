package org.fairlead.connector;

import java.util.Optional;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * The first header block of an HTTP/2 connection (RFC 9113 4.3), which its client owes after the preface. Until it is
 * whole the connection counts among the {@link PartialHeads}, as a head in HTTP/1.1 does. Used by the thread that reads
 * frames.
 */
final class FirstHeaderBlock {
    /** Buffer of a frame that has come in part; the largest frame that clients may send has this length. */
    private static final int FRAME_BYTES = 16 * 1024;

    private final Optional<ConnectionWrapper> connection;
    private boolean whole;

    FirstHeaderBlock(SocketWrapperBase<?> connection, AbstractHttp11Protocol<?> protocol) {
        this.connection = connection instanceof ConnectionWrapper own ? Optional.of(own) : Optional.empty();
        this.connection.ifPresent(held -> {
            if (protocol instanceof FairleadHttp11Protocol own) {
                held.holdPartialHead(own.partialHeads(), FRAME_BYTES);
            }
        });
    }

    /** The block has come to its end, or a later one has. */
    void isWhole() {
        if (!whole) {
            whole = true;
            connection.ifPresent(ConnectionWrapper::endPartialHead);
        }
    }
}
