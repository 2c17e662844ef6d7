package org.fairlead.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** CPING and CPONG: whether the process behind an AJP connection answers. */
final class AjpPing {
    private static final byte[] CPING = {0x12, 0x34, 0, 1, 10};

    private AjpPing() {}

    /**
     * Sends CPING and waits for CPONG.
     *
     * @throws IOException if it does not come within the limit, or something else does; the connection is of no use
     *     then
     */
    static void exchange(Transport wire, ReadBuffer inlet, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        AjpPacketReader packets = new AjpPacketReader(inlet);
        wire.write(CPING, 0, CPING.length);
        AjpPacketReader.Packet packet = packets.next();
        while (packet == AjpPacketReader.Packet.NONE) {
            read(wire, inlet, deadline, limit);
            packet = packets.next();
        }
        if (packet != AjpPacketReader.Packet.CPONG) {
            throw new BadResponseException("no CPONG but " + packet);
        }
    }

    private static void read(Transport wire, ReadBuffer inlet, long deadline, Duration limit) throws IOException {
        int n = inlet.fillNow();
        while (n == 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !wire.await(Duration.ofNanos(left))) {
                throw new SocketTimeoutException("no CPONG within " + limit.toMillis() + " ms");
            }
            n = inlet.fillNow();
        }
        if (n < 0) {
            throw new EOFException("the member closed instead of CPONG");
        }
    }
}
