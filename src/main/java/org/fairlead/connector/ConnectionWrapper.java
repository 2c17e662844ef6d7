package org.fairlead.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.fairlead.exchange.ClientWatch;
import org.fairlead.exchange.RequestBody;
import org.fairlead.model.ReadTimeout;

/**
 * Socket wrapper of one Tomcat connection. Long data outside the heap goes to the kernel without a copy, and a thread
 * that has to wait for the client is registered with {@link ClientWaits}.
 */
final class ConnectionWrapper extends NioEndpoint.NioSocketWrapper
        implements ClientWaits.Connection, PartialHeads.Connection {
    /** Shorter data may wait for more, in the connection's buffer. */
    private static final int MIN_DIRECT_BYTES = SocketBuffers.BUFFER_BYTES;

    private Optional<ResponseHeads> heads = Optional.empty();
    private final FairleadNioEndpoint endpoint;
    private final RequestExecutor threads;
    private volatile Optional<Http2Connection> http2 = Optional.empty();
    private volatile Optional<StreamQueue> streams = Optional.empty();
    private volatile Optional<HeaderBlocks> blocks = Optional.empty();

    /** The client that a PROXY header names. */
    private volatile Optional<ProxyHeader.Client> speaksFor = Optional.empty();

    /** Registry that counts a partial head of this connection; empty while there is none. */
    private volatile Optional<PartialHeads> partialHeads = Optional.empty();

    /** Number of threads that wait for the client. */
    private final AtomicInteger awaited = new AtomicInteger();

    /**
     * Set once a write has failed: Tomcat then tries no other, so that a client does not get what comes behind a gap.
     */
    private volatile boolean failed;

    ConnectionWrapper(NioChannel channel, FairleadNioEndpoint endpoint) {
        super(channel, endpoint);
        this.endpoint = endpoint;
        this.threads = endpoint.threads();
    }

    /** Sets the client whose connection a balancer passes on; before any byte of it is read. */
    void speaksFor(ProxyHeader.Client client) {
        speaksFor = Optional.of(client);
        remoteAddr = client.address();
        remoteHost = client.address();
        remotePort = client.port();
    }

    @Override
    protected void populateRemoteAddr() {
        speaksFor.ifPresentOrElse(client -> remoteAddr = client.address(), super::populateRemoteAddr);
    }

    @Override
    protected void populateRemoteHost() {
        speaksFor.ifPresentOrElse(client -> remoteHost = client.address(), super::populateRemoteHost);
    }

    @Override
    protected void populateRemotePort() {
        speaksFor.ifPresentOrElse(client -> remotePort = client.port(), super::populateRemotePort);
    }

    /** @param queue supplies threads to the connection's streams */
    void speaksHttp2(Http2Connection connection, StreamQueue queue) {
        http2 = Optional.of(connection);
        streams = Optional.of(queue);
    }

    /** Environment from which an HTTP/2 connection gets its threads. */
    StreamQueue.Surroundings surroundings(StreamQueue.Timer timer) {
        return new StreamQueue.Surroundings(super::execute, awaited::get, threads::isCrowded, timer);
    }

    /** Tasks that Tomcat runs here for HTTP/2 are streams, or continue reading and writing frames. */
    @Override
    public void execute(Runnable task) {
        if (streams.isPresent() && !(task instanceof OperationState)) {
            streams.get().add(task);
        } else {
            super.execute(task);
        }
    }

    /** Runs a task that is no stream. */
    void executeNow(Runnable task) {
        super.execute(task);
    }

    @Override
    protected void doClose() {
        super.doClose();
        endPartialHead();
        streams.ifPresent(StreamQueue::close);
    }

    /** Counts an HTTP/2 connection and its header blocks, until its end; may close other connections. */
    void holdHttp2(PartialHeads all) {
        blocks = Optional.of(new HeaderBlocks(bytes -> holdPartialHead(all, PartialHeads.http2(bytes))));
        holdPartialHead(all, PartialHeads.http2(0));
    }

    /** Closes the connection if a header block of HTTP/2 takes too long. */
    void cutSlowBlock(ReadTimeout limit, long now) {
        if (blocks.isPresent() && blocks.get().isOverdue(limit, now)) {
            cut();
        }
    }

    @Override
    public boolean isInUse() {
        return http2.isPresent() && http2.get().isInUse();
    }

    @Override
    protected <A> OperationState<A> newOperationState(
            boolean read,
            ByteBuffer[] buffers,
            int offset,
            int length,
            BlockingMode block,
            long timeout,
            TimeUnit unit,
            A attachment,
            CompletionCheck check,
            CompletionHandler<Long, ? super A> handler,
            Semaphore semaphore,
            VectoredIOCompletionHandler<A> completion) {
        if (read) {
            blocks.ifPresent(all -> all.read(buffers));
        }
        return super.newOperationState(
                read, buffers, offset, length, block, timeout, unit, attachment, check, handler, semaphore, completion);
    }

    /** Counts a head that has arrived in part; may close other connections. */
    void holdPartialHead(PartialHeads all, int bytes) {
        partialHeads = Optional.of(all);
        all.hold(this, bytes);
        if (isClosed()) {
            endPartialHead();
        }
    }

    /** Stops counting the partial head; may be called again. */
    void endPartialHead() {
        Optional<PartialHeads> before = partialHeads;
        partialHeads = Optional.empty();
        before.ifPresent(all -> all.release(this));
    }

    /** As {@link RequestBody#await}. */
    void whileClientIsAwaited(RequestBody.Wait wait) throws IOException {
        awaited.incrementAndGet();
        try {
            threads.clients().run(this, wait);
        } finally {
            awaited.decrementAndGet();
        }
    }

    /** As {@link org.fairlead.exchange.Exchange#watchClient}, in HTTP/1.1. */
    ClientWatch watchClient(Runnable left) {
        if (!(getSocket() instanceof CountingNioChannel channel)) {
            return ClientWatch.NONE;
        }
        AwaitedClient client = channel.progress().client();
        client.begin(left);
        endpoint.poller().watchClient(this);
        return client::end;
    }

    /** Handles bytes that have arrived and that no reader wants now. */
    void lookAtClient() {
        if (getSocket() instanceof CountingNioChannel channel
                && channel.progress().client().look(channel::readAhead, endpoint.getUtilityExecutor())) {
            endpoint.poller().watchClient(this);
        }
    }

    /**
     * Whether the client has sent bytes, as far as can be seen now. Called by a thread that holds the connection's
     * lock.
     */
    boolean isHeard() {
        return getSocket().isHandshakeComplete()
                && getSocket() instanceof CountingNioChannel channel
                && channel.progress().client().isHeard(channel::readAhead);
    }

    @Override
    public void cut() {
        http2.ifPresentOrElse(Http2Connection::cut, this::close);
    }

    @Override
    public String client() {
        return getRemoteAddr();
    }

    /** Sets the object that completes the heads of what is written from now on. */
    void completeHeads(Optional<ResponseHeads> completing) {
        heads = completing;
    }

    @Override
    protected void writeBlocking(ByteBuffer from) throws IOException {
        if (from.isDirect() || heads.isEmpty()) {
            send(from);
        } else {
            heads.get().write(from, this::send);
        }
    }

    private void send(ByteBuffer from) throws IOException {
        if (!from.isDirect() || from.remaining() < MIN_DIRECT_BYTES) {
            super.writeBlocking(from);
            return;
        }
        if (!socketBufferHandler.isWriteBufferEmpty()) {
            doWrite(true);
        }
        doWrite(true, from);
    }

    @Override
    protected void doWrite(boolean block, ByteBuffer from) throws IOException {
        if (!block || failed) {
            super.doWrite(block, from);
            return;
        }
        super.doWrite(false, from);
        if (from.hasRemaining() || getSocket().getOutboundRemaining() > 0) {
            try {
                whileClientIsAwaited(() -> super.doWrite(true, from));
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
    }

    @Override
    public int read(boolean block, ByteBuffer to) throws IOException {
        if (!block) {
            return super.read(false, to);
        }
        int[] n = {0};
        whileClientIsAwaited(() -> n[0] = super.read(true, to));
        return n[0];
    }
}
