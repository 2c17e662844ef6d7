package org.fairlead.connector;

import java.nio.channels.SelectableChannel;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.fairlead.eventloop.ReadPoller;
import org.fairlead.exchange.ReadinessNotifier;

/**
 * The poller of members' connections in the jar: the threads that serve requests poll it, one at a time, as they do for
 * clients ({@link NioPoller}).
 */
final class MemberPoller implements ReadinessNotifier, LeaderFollowerPool.Pollable {
    private final ReadPoller poller = new ReadPoller();
    private Optional<RequestExecutor> threads = Optional.empty();
    private Optional<LeaderFollowerPool.PollSlot> slot = Optional.empty();

    /** Makes these threads poll, instead of those before. Called by one thread at a time. */
    void lookedAfterBy(RequestExecutor those) {
        slot.ifPresent(left -> threads.orElseThrow().detach(left));
        threads = Optional.of(those);
        slot = Optional.of(those.attach(this));
    }

    @Override
    public boolean watch(SelectableChannel channel, Runnable ready) {
        return poller.watch(channel, ready);
    }

    @Override
    public void leave(SelectableChannel channel) {
        poller.leave(channel);
    }

    @Override
    public boolean wake() {
        return poller.wake();
    }

    @Override
    public boolean resumes() {
        return true;
    }

    @Override
    public void look(BooleanSupplier mayWait) {
        poller.poll(mayWait);
    }
}
