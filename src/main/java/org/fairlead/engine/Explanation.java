package org.fairlead.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.fairlead.balancer.SelectionPreview;
import org.fairlead.http.Headers;

/**
 * The explanation of a response: the result of a dry run.
 *
 * @param decision {@code forward}, {@code respond} or {@code decline}
 * @param status the status of a response that no member makes; empty for a request that goes to a member
 * @param trace the lines of the phases, in order
 * @param balancer the balancer that it is forwarded to; for a standalone member its URL
 * @param candidates its members, in configuration order
 * @param chosen the member that it would be sent to now
 * @param said why that one, or why none; empty where there is no balancer
 * @param sends the request that the chosen member would get
 * @param response the fields that a response of our own has besides its page's
 */
public record Explanation(
        String decision,
        OptionalInt status,
        List<Line> trace,
        Optional<String> balancer,
        List<Candidate> candidates,
        Optional<String> chosen,
        String said,
        Optional<Sends> sends,
        Headers response) {
    public Explanation {
        trace = List.copyOf(trace);
        candidates = List.copyOf(candidates);
    }

    /**
     * One line of a trace.
     *
     * @param source {@code FILE:LINE} of the rule, or of the host where no line says it
     */
    public record Line(String phase, String source, String said) {}

    /**
     * One member, see {@link org.fairlead.balancer.SelectionPreview.Candidate}.
     *
     * @param member its name, with its address behind {@code @} where {@code resolve=} made it
     * @param share percent of the requests that the method chooses for
     */
    public record Candidate(
            String member, String order, String state, boolean usable, int share, int busy, String why) {
        /** The candidates of a selection, in configuration order. */
        public static List<Candidate> of(SelectionPreview preview) {
            return preview.candidates().stream()
                    .map(candidate -> new Candidate(
                            candidate.member().id(),
                            candidate.order(),
                            candidate.state(),
                            candidate.usable(),
                            candidate.sharePercent(),
                            candidate.busy(),
                            candidate.why()))
                    .toList();
        }
    }

    /**
     * The request that a member would get, without the fields that frame it.
     *
     * @param url scheme and authority of the member, and the target as it stands in the request line
     */
    public record Sends(String method, String url, Headers headers) {
        public Sends {
            headers = headers.copy();
        }
    }
}
