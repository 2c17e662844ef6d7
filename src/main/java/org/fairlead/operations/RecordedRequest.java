package org.fairlead.operations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.fairlead.engine.Explanation;

/**
 * A request that was, with the reasons of its decisions. Values of cookies, credentials and queries are masked.
 *
 * @param kept why it was kept, at least one of the words in the manual's table
 * @param balancer the balancer that it was forwarded to; empty = it was not
 * @param trace the lines of the phases and attempts, in order
 * @param attempts in order; empty = no member was asked
 */
public record RecordedRequest(
        Asked asked,
        List<String> kept,
        Optional<String> balancer,
        List<Explanation.Line> trace,
        List<Attempt> attempts,
        Answered answered) {
    public RecordedRequest {
        kept = List.copyOf(kept);
        trace = List.copyOf(trace);
        attempts = List.copyOf(attempts);
    }

    /**
     * The request as it came.
     *
     * @param id as in the access log ({@code %{UNIQUE_ID}e})
     * @param at when it came
     * @param client the client's address, as rules for proxies in front settled it
     */
    public record Asked(String id, Instant at, String method, String url, String protocol, String client) {}

    /**
     * One attempt. Times are microseconds from the attempt's beginning; −1 = it did not come so far.
     *
     * @param member its name; empty = none was selected
     * @param candidates every member as the selection saw it
     * @param why why this member, or why none
     * @param queued microseconds that a member was waited for before the attempt
     * @param connected until a connection was available
     * @param sent until the request was sent
     * @param firstByte until the response's head was there
     * @param status the member's; 0 = none
     * @param failure the kind of failure, as in metrics; empty = it succeeded
     * @param error what happened, in words
     * @param next what followed, and why
     */
    public record Attempt(
            String member,
            List<Explanation.Candidate> candidates,
            String why,
            long queued,
            long connected,
            long sent,
            long firstByte,
            int status,
            Optional<String> failure,
            String error,
            String next) {
        public Attempt {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * What the client got. Times are microseconds from the request's arrival.
     *
     * @param status 0 = nothing: the client left before
     * @param bytes of the body
     * @param refusedBy the phase that refused it; empty = none
     * @param failure the kind of failure that ended it; empty = none
     * @param headAt when the member's response was there; −1 = it is our own
     * @param endAt when it was over
     */
    public record Answered(
            int status, long bytes, Optional<String> refusedBy, Optional<String> failure, long headAt, long endAt) {}

    /** An estimate of the memory that it takes, in bytes. */
    long bytes() {
        long bytes = 400 + 2L * asked.url().length();
        for (Explanation.Line line : trace) {
            bytes += 120 + line.source().length() + line.said().length();
        }
        for (Attempt attempt : attempts) {
            bytes += 160
                    + attempt.why().length()
                    + attempt.error().length()
                    + attempt.next().length();
            for (Explanation.Candidate candidate : attempt.candidates()) {
                bytes += 100 + candidate.why().length();
            }
        }
        return bytes;
    }
}
