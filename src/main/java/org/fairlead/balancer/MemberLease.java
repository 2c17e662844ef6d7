package org.fairlead.balancer;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** The lease of a balancer's member; its events are reported to the balancer's passive health. */
final class MemberLease implements Lease {
    /** A field updater saves one object for each request. */
    private static final AtomicIntegerFieldUpdater<MemberLease> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(MemberLease.class, "closed");

    private final Member member;
    private final boolean routeChanged;
    private final PassiveHealth verdict;
    private final long answersBefore;

    private volatile int closed;

    MemberLease(Member member, boolean routeChanged, PassiveHealth verdict) {
        this.member = member;
        this.routeChanged = routeChanged;
        this.verdict = verdict;
        this.answersBefore = member.load().answers();
    }

    @Override
    public Member member() {
        return member;
    }

    @Override
    public boolean routeChanged() {
        return routeChanged;
    }

    @Override
    public void answered(int status, long latencyNanos) {
        verdict.answered(member, status, latencyNanos);
    }

    @Override
    public void failed() {
        verdict.failed(member);
    }

    @Override
    public void timedOut() {
        verdict.timedOut(member, member.load().answers() == answersBefore);
    }

    @Override
    public void badResponse() {
        verdict.badResponse(member);
    }

    @Override
    public void transferred(long to, long from) {
        member.load().transferred(to, from);
    }

    @Override
    public void close() {
        if (CLOSED.compareAndSet(this, 0, 1)) {
            member.end();
        }
    }
}
