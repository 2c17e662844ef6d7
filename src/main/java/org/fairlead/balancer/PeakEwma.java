package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;

/**
 * {@code lbmethod=ewma}: the member with the least (latency × (requests in flight + 1) ÷ weight), an estimate of how
 * long a new request would take. A slow response counts at once; an old one fades, so a member that was slow once is
 * tried again. A member that was never measured counts as the average.
 */
final class PeakEwma implements LbMethod {
    @Override
    public Optional<Member> choose(List<Member> candidates, Pick pick) {
        double[] latencies = new double[candidates.size()];
        double sum = 0;
        int measured = 0;
        for (int i = 0; i < latencies.length; i++) {
            latencies[i] = candidates.get(i).latencyNanos(pick.now());
            if (latencies[i] >= 0) {
                sum += latencies[i];
                measured++;
            }
        }
        double typical = measured == 0 ? 1 : sum / measured;
        return SmoothWeightedRoundRobin.elect(candidates, (member, index) -> {
            double latency = latencies[index] < 0 ? typical : latencies[index];
            return latency * (member.busy() + 1) / member.weight();
        });
    }
}
