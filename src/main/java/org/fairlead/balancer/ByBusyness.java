package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;

/**
 * {@code lbmethod=bybusyness}: the member least busy for its weight; among equals as {@code byrequests}. httpd's
 * mod_lbmethod_bybusyness uses the weight only to break ties.
 */
final class ByBusyness implements LbMethod {
    @Override
    public Optional<Member> choose(List<Member> candidates, Pick pick) {
        return SmoothWeightedRoundRobin.elect(candidates, (member, index) -> (double) member.busy() / member.weight());
    }
}
