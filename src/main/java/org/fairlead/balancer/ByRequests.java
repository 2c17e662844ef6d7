package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;

/** {@code lbmethod=byrequests}: each member's share of the requests is its weight's share (mod_lbmethod_byrequests). */
final class ByRequests implements LbMethod {
    @Override
    public Optional<Member> choose(List<Member> candidates, Pick pick) {
        return SmoothWeightedRoundRobin.elect(candidates, SmoothWeightedRoundRobin.NONE);
    }
}
