package org.fairlead.balancer;

import java.util.ArrayList;
import java.util.List;

/**
 * The members that may be selected now, after httpd's {@code best()}. Lbset by lbset these are the normal members and
 * as many spares as normal ones are missing. If that leaves none, they are the set's standbys; draining members never.
 * Beyond httpd: a member that was tried for this request before is excluded and counts as missing. A member at its
 * {@code max} is excluded and does not count as missing: high load activates no spare.
 *
 * <p>Immutable; made and used under the balancer's lock.
 *
 * @param members in the order in which ties are decided: normal ones, then spares, each as configured
 * @param full members that would be candidates if they had a free place
 */
record Candidates(List<Member> members, List<Member> full) {
    private static final int LBSETS = 100;

    /**
     * Finds the candidates, and brings members back whose retry or ejection time is over.
     *
     * @param panic take every member that the operator did not take out of service, whatever was observed
     */
    static Candidates among(List<Member> members, List<Member> tried, long now, boolean panic) {
        List<Member> full = new ArrayList<>();
        for (int set = 0, highest = 0; set <= highest && set < LBSETS; set++) {
            Lbset candidates = new Lbset(tried, now, panic, full);
            for (Member member : members) {
                int lbset = member.orders().lbset();
                highest = Math.max(highest, lbset);
                if (lbset == set) {
                    candidates.sort(member);
                }
            }
            List<Member> best = candidates.best();
            if (!best.isEmpty()) {
                return new Candidates(best, List.of());
            }
        }
        return new Candidates(List.of(), full);
    }

    /** One lbset while its members are sorted. */
    private static final class Lbset {
        private final List<Member> tried;
        private final long now;
        private final boolean panic;
        private final List<Member> full;
        private final List<Member> normal = new ArrayList<>();
        private final List<Member> spares = new ArrayList<>();
        private final List<Member> standbys = new ArrayList<>();
        private int missing;

        Lbset(List<Member> tried, long now, boolean panic, List<Member> full) {
            this.tried = tried;
            this.now = now;
            this.panic = panic;
            this.full = full;
        }

        void sort(Member member) {
            MemberStatus status = member.status();
            if (status.isDraining()) {
                missing += status.isNormal() ? 1 : 0;
                return;
            }
            if (!status.isUsable()) {
                member.retryIfDue(now);
                status = member.status();
            }
            boolean present = serves(status, panic) && !tried.contains(member);
            if (!present) {
                missing += status.isNormal() ? 1 : 0;
            } else if (status.isSpare()) {
                spares.add(member);
            } else if (member.isFull()) {
                full.add(member);
            } else if (status.isStandby()) {
                standbys.add(member);
            } else {
                normal.add(member);
            }
        }

        List<Member> best() {
            for (Member spare : spares.subList(0, Math.min(missing, spares.size()))) {
                (spare.isFull() ? full : normal).add(spare);
            }
            return normal.isEmpty() ? standbys : normal;
        }
    }

    static boolean serves(MemberStatus status, boolean panic) {
        return status.isUsable() || panic && !status.isOutOfService();
    }
}
