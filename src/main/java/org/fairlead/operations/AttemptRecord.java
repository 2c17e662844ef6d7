package org.fairlead.operations;

import java.util.List;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.SelectionPreview;
import org.fairlead.engine.Explanation;
import org.fairlead.engine.Masking;

/** One attempt of a request that is recorded, as far as it has come. Times are nanoseconds; −1 = not yet. */
final class AttemptRecord {
    private final SelectionPreview seen;
    private Optional<Member> member = Optional.empty();
    private long queued = -1;
    private String error = "";
    private String next = "";

    long connected = -1;
    long sent = -1;
    long firstByte = -1;
    int status;
    Optional<String> failure = Optional.empty();

    AttemptRecord(SelectionPreview seen) {
        this.seen = seen;
    }

    void attempted(Member selected, long queuedNanos) {
        member = Optional.of(selected);
        queued = queuedNanos;
    }

    void failed(String what, String follows) {
        error = error.isEmpty() ? what : error + "; then " + what;
        next = follows;
    }

    RecordedRequest.Attempt recorded(Masking masking) {
        List<Explanation.Candidate> candidates = Explanation.Candidate.of(seen);
        return new RecordedRequest.Attempt(
                member.map(Member::id).orElse(""),
                candidates.subList(0, Math.min(candidates.size(), RequestRecording.MAX_CANDIDATES)),
                masking.masked(why()),
                RequestRecording.micros(queued),
                RequestRecording.micros(connected),
                RequestRecording.micros(sent),
                RequestRecording.micros(firstByte),
                status,
                failure,
                masking.masked(error),
                next);
    }

    private String why() {
        boolean other = member.isPresent()
                && seen.chosen().isPresent()
                && member.get() != seen.chosen().get();
        return other
                ? seen.said() + "; another request was served in between, so that the turn was this member's"
                : seen.said();
    }
}
