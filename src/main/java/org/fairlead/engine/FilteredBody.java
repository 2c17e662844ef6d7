package org.fairlead.engine;

import java.io.IOException;
import java.io.OutputStream;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.filter.FilterOutput.BrokenBodyException;
import org.fairlead.filter.FilterOutput.CompleteException;
import org.fairlead.filter.FilterPipe;
import org.fairlead.filter.FilteredResponse;

/** The copy of a member's body through the filters of its response. */
final class FilteredBody {
    private FilteredBody() {}

    /**
     * Copies a body as it comes. Where no filter changes it, the client's output gets it directly.
     *
     * @return bytes that the client got
     * @throws UpstreamException if the member breaks off, or the body is not what its fields say: what was copied is cut
     * @throws ClientGoneException if the client does not take it
     */
    static long copy(UpstreamResponse member, FilteredResponse response, OutputStream client)
            throws IOException, UpstreamException {
        if (response.steps().isEmpty()) {
            return member.copyTo(client);
        }
        try (FilterPipe pipe = new FilterPipe(response.steps(), client)) {
            try {
                member.copyTo(pipe);
                pipe.finish();
            } catch (ClientGoneException e) {
                if (e.getCause() instanceof BrokenBodyException broken) {
                    throw unreadable(broken);
                } else if (!(e.getCause() instanceof CompleteException)) {
                    throw e;
                }
            } catch (BrokenBodyException e) {
                throw unreadable(e);
            }
            return pipe.written();
        }
    }

    private static UpstreamException unreadable(BrokenBodyException e) {
        return new UpstreamException(Kind.BAD_ANSWER, e.getMessage(), false, true, e);
    }
}
