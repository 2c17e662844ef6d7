package org.fairlead.connector;

import java.util.Optional;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.fairlead.model.ReadTimeout;

/**
 * The header block of an HTTP/2 connection that has come in part (RFC 9113 4.3): the first one, which the client owes
 * after its preface, and one that goes on in CONTINUATION. As a head in HTTP/1.1 it counts among the {@link
 * PartialHeads}; and it is limited in time by the greatest value of {@code RequestReadTimeout header=}, since Tomcat
 * limits the silence between two frames only between streams. Fields are written by the thread that reads frames.
 */
final class PartialHeaderBlock {
    /** Buffer of a frame that has come in part; the largest frame that clients may send has this length. */
    private static final int FRAME_BYTES = 16 * 1024;

    private final Optional<ConnectionWrapper> connection;
    private final Optional<FairleadHttp11Protocol> protocol;
    private final StreamQueue.Timer timer;
    private final Runnable cut;

    /** The number of blocks that have gone on in CONTINUATION; negative = none is open. */
    private volatile int open = -1;

    private int blocks;

    /** @param cut closes the connection; any thread may run it */
    PartialHeaderBlock(
            SocketWrapperBase<?> connection,
            AbstractHttp11Protocol<?> protocol,
            StreamQueue.Timer timer,
            Runnable cut) {
        this.connection = connection instanceof ConnectionWrapper own ? Optional.of(own) : Optional.empty();
        this.protocol = protocol instanceof FairleadHttp11Protocol own ? Optional.of(own) : Optional.empty();
        this.timer = timer;
        this.cut = cut;
        await();
    }

    /** Counts the block that is to come. A client that sends none at all is idle, which has a limit of its own. */
    private void await() {
        connection.ifPresent(held -> protocol.ifPresent(own -> held.holdPartialHead(own.partialHeads(), FRAME_BYTES)));
    }

    /** A frame of the block has come. */
    void passed(boolean isLast) {
        if (!isLast) {
            await();
            limit();
        }
    }

    private void limit() {
        if (open >= 0) {
            return;
        }
        int number = blocks++;
        open = number;
        long limit = protocol.map(own -> millis(own.headTimeout())).orElse(0L);
        if (limit > 0) {
            timer.after(limit, () -> {
                if (open == number) {
                    cut.run();
                }
            });
        }
    }

    private static long millis(ReadTimeout limit) {
        return (limit.longest().isZero() ? limit.start() : limit.longest()).toMillis();
    }

    /** The block is whole. */
    void ends() {
        open = -1;
        connection.ifPresent(ConnectionWrapper::endPartialHead);
    }
}
