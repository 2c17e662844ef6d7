package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;

/**
 * A preview of a member's selection: a dry run that has booked no share and changed no state.
 *
 * @param candidates every member, in configuration order
 * @param chosen the member that would be selected; empty if none can serve now
 * @param routeChanged as {@link Lease#routeChanged()}; false where none is chosen
 * @param said why it is this one, or why there is none
 */
public record SelectionPreview(List<Candidate> candidates, Optional<Member> chosen, boolean routeChanged, String said) {
    public SelectionPreview {
        candidates = List.copyOf(candidates);
    }

    /**
     * One member as the selection sees it.
     *
     * @param order its administrative state: {@code enabled}, or {@code draining}, {@code disabled}, {@code stopped},
     *     {@code standby}, {@code spare}, {@code ignore errors} with commas between
     * @param state what was observed: {@code ok}, or {@code in error}, {@code probe failed}, {@code ejected}
     * @param usable whether requests may be sent to it at all; an error whose {@code retry} is due is over
     * @param weight the effective load factor in hundredths
     * @param sharePercent its part of the weights of the candidates; 0 if it is no candidate
     * @param busy requests at it now
     * @param why why it is chosen, is a candidate, or is none
     */
    public record Candidate(
            Member member,
            String order,
            String state,
            boolean usable,
            int weight,
            int sharePercent,
            int busy,
            String why) {}
}
