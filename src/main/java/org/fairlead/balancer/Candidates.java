package org.fairlead.balancer;

import java.util.ArrayList;
import java.util.List;

/**
 * Who may be elected now, after httpd's {@code best()}: lbset by lbset the normal members and as many spares as normal
 * ones are missing; a set's standbys if that leaves nobody; drained members never. On top of httpd: nobody who was
 * tried for this request before (he counts as missing), and nobody who is at his {@code max} (he does not: a crowd
 * calls no spare to work).
 *
 * <p>Immutable; made and used under the balancer's lock.
 *
 * @param members in the order in which ties are decided: normal ones, then spares, each as configured
 * @param full members that would stand here had they a place
 */
record Candidates(List<Member> members, List<Member> full) {
    private static final int LBSETS = 100;

    /**
     * Finds them, and brings those back on its way whose time has come.
     *
     * @param panic take everybody whom the operator did not take out, whatever was observed
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

    /** One set while it is sorted. */
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
