package org.fairlead.balancer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A member's counters. Those that every request moves are atomic. {@link #quota} and {@link #round} belong to the
 * selections and are guarded by the balancer's lock; {@link #weight} is written under it and read by any thread.
 */
final class MemberLoad {
    private static final VarHandle QUOTA = quotaHandle();

    private final AtomicInteger busy = new AtomicInteger();
    private final LongAdder elected = new LongAdder();
    private final LongAdder electedBySession = new LongAdder();
    private final AtomicLong answers = new AtomicLong();
    private final LongAdder to = new LongAdder();
    private final LongAdder from = new LongAdder();
    private final Latency latency;
    /** Written under the balancer's lock by every selection; opaque, so that a reader without it sees no torn value. */
    @SuppressWarnings("unused")
    private long quota;

    private volatile int weight;
    private long round;
    private double trafficLevel;

    private static VarHandle quotaHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(MemberLoad.class, "quota", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** @param weight hundredths, 1 or more */
    MemberLoad(int weight) {
        this(weight, new Latency());
    }

    private MemberLoad(int weight, Latency latency) {
        this.weight = weight;
        this.latency = latency;
    }

    /** Returns a copy of the counters, to be counted on apart; the latency, which no selection changes, is shared. */
    MemberLoad copy() {
        MemberLoad copy = new MemberLoad(weight, latency);
        copy.busy.set(busy());
        copy.elected.add(elected());
        copy.answers.set(answers());
        copy.to.add(to());
        copy.from.add(from());
        copy.quota = quota;
        copy.round = round;
        copy.trafficLevel = trafficLevel();
        return copy;
    }

    int busy() {
        return busy.get();
    }

    void begin() {
        elected.increment();
        busy.incrementAndGet();
    }

    void end() {
        busy.decrementAndGet();
    }

    long elected() {
        return elected.sum();
    }

    void beginBySession() {
        electedBySession.increment();
    }

    long electedBySession() {
        return electedBySession.sum();
    }

    void answered() {
        answers.incrementAndGet();
    }

    /** The number of responses of any kind received from it. */
    long answers() {
        return answers.get();
    }

    long to() {
        return to.sum();
    }

    long from() {
        return from.sum();
    }

    /** httpd's lbstatus: how far the member is behind its share. */
    long quota() {
        return (long) QUOTA.getOpaque(this);
    }

    void quota(long value) {
        QUOTA.setOpaque(this, value);
    }

    /** The load factor in hundredths, less while a slow start lasts; 1 or more. */
    int weight() {
        return weight;
    }

    void weight(int value) {
        weight = value;
    }

    /** The number of the last selection by traffic in which it was a candidate. */
    long round() {
        return round;
    }

    void round(long value) {
        round = value;
    }

    synchronized void transferred(long sent, long received) {
        to.add(sent);
        from.add(received);
        trafficLevel += (sent + received) / (double) weight;
    }

    /** Bytes both ways, each divided by the weight of its time. */
    synchronized double trafficLevel() {
        return trafficLevel;
    }

    /** Raises the level of a member that was out of service, so that it need not catch up. */
    synchronized void raiseTrafficLevel(double level) {
        trafficLevel = Math.max(trafficLevel, level);
    }

    Latency latency() {
        return latency;
    }
}
