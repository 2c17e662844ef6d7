package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;

/**
 * Lookup of the member that has a session (httpd's find_route_worker). Members that are no standby come first, then the
 * standbys. A member matches by its route, or as the one that its {@code redirect} names. It must be usable or become
 * so by a retry that is due. A draining member serves its sessions.
 *
 * @param tried members that count as unusable because this request was sent to them already
 * @param panic observed failures do not count
 */
record SessionMember(List<Member> members, List<Member> tried, long now, boolean panic) {
    Optional<Member> find(String route) {
        return find(route, 1);
    }

    /** Whether any member has this route, usable or not. */
    boolean knows(String route) {
        for (Member member : members) {
            if (isRouteOf(member, route)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a session of this route is the member's own: by its {@code route}, or by the value we minted. */
    static boolean isRouteOf(Member member, String route) {
        String own = member.orders().route();
        return !own.isEmpty() && own.equals(route) || route.equals(member.token());
    }

    /** @param depth how many redirects led here; no more than there are members, so that circles end */
    private Optional<Member> find(String route, int depth) {
        Optional<Member> found = pass(route, depth, false);
        return found.isPresent() ? found : pass(route, depth, true);
    }

    private Optional<Member> pass(String route, int depth, boolean standbys) {
        for (Member member : members) {
            if (member.status().isStandby() != standbys || !isRouteOf(member, route)) {
                continue;
            }
            if (mayServe(member)) {
                return Optional.of(member);
            }
            String redirect = member.orders().redirect();
            if (!redirect.isEmpty() && depth < members.size()) {
                Optional<Member> other = find(redirect, depth + 1);
                if (other.isPresent()) {
                    return other;
                }
            }
        }
        return Optional.empty();
    }

    private boolean mayServe(Member member) {
        if (!member.status().isUsable()) {
            member.retryIfDue(now);
        }
        return Candidates.serves(member.status(), panic) && !tried.contains(member);
    }
}
