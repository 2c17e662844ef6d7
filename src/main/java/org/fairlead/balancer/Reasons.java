package org.fairlead.balancer;

import java.util.List;
import java.util.StringJoiner;

/** Formats in one line why no member was selected. */
final class Reasons {
    private Reasons() {}

    static String of(List<Member> members, List<Member> tried) {
        if (members.isEmpty()) {
            return "it has no member";
        }
        int error = 0;
        int probe = 0;
        int ejected = 0;
        int out = 0;
        int draining = 0;
        int failed = 0;
        for (Member member : members) {
            MemberStatus status = member.status();
            if (status.isOutOfService()) {
                out++;
            } else if (status.isProbeFailed()) {
                probe++;
            } else if (status.isInError()) {
                error++;
            } else if (status.isEjected()) {
                ejected++;
            } else if (status.isDraining()) {
                draining++;
            } else if (tried.contains(member)) {
                failed++;
            }
        }
        StringJoiner parts = new StringJoiner(", ", "no usable member of " + members.size() + ": ", "");
        part(parts, error, "in error");
        part(parts, probe, "failed their probe");
        part(parts, ejected, "ejected");
        part(parts, out, "disabled or stopped");
        part(parts, draining, "draining");
        part(parts, failed, "tried before");
        return parts.toString();
    }

    private static void part(StringJoiner parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }
}
