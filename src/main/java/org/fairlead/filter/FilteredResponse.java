package org.fairlead.filter;

import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.http.ResponseHead;

/**
 * A member's response on its way through the body filters.
 *
 * @param head whose fields are the response's own copy, which filters change in place
 * @param length bytes of the body; −1 = unknown; for HEAD the length that a GET would have had
 * @param steps the outputs that the body passes, in order; empty = as it is
 * @param instead a response of our own that replaces it, such as a 416
 */
public record FilteredResponse(ResponseHead head, long length, List<Step> steps, Optional<LocalResponse> instead) {
    /** One filter's part in the body. */
    public interface Step {
        FilterOutput before(OutputStream next);
    }

    public FilteredResponse {
        steps = List.copyOf(steps);
    }

    /** The member's response as it is. */
    public static FilteredResponse whole(ResponseHead head, long length) {
        return new FilteredResponse(head, length, List.of(), Optional.empty());
    }

    /** Returns the response with a further step, which makes so many bytes; −1 = unknown. */
    public FilteredResponse through(Step step, long bytes) {
        return new FilteredResponse(
                head, bytes, Stream.concat(steps.stream(), Stream.of(step)).toList(), instead);
    }

    /** Returns the response with another head. */
    public FilteredResponse with(ResponseHead other) {
        return new FilteredResponse(other, length, steps, instead);
    }

    /** Returns the response replaced by one of our own. */
    public FilteredResponse replaced(LocalResponse by) {
        return new FilteredResponse(head, length, steps, Optional.of(by));
    }
}
