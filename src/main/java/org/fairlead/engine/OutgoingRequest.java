package org.fairlead.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;

/**
 * One attempt's request as the member shall get it, but for its framing, which the adapter decides from the body.
 *
 * @param method as the client sent it
 * @param target path and query, sent unchanged
 * @param headers the fields in order, {@code Host} among them, unless the client sent none to a
 *     member that gets the client's; none that frames or is hop-by-hop, but for
 *     {@code Connection: Upgrade} and {@code Upgrade} where {@code upgrade} asks for it
 * @param body the client's body
 * @param expectContinue send {@code Expect: 100-continue} and wait for the member's response before the body is read
 * @param upgrade the protocol that was asked for; empty = a 101 is a bad response
 * @param interim is called with every 1xx
 * @param client names the client's connection, unique for as long as the JVM lives; asked only where a login of the
 *     member holds for a connection. Empty = the container does not say
 * @param attributes what is known beside the message; asked only by protocols that carry it
 */
public record OutgoingRequest(
        String method,
        String target,
        Headers headers,
        RequestBody body,
        boolean expectContinue,
        Optional<String> upgrade,
        Interim interim,
        Supplier<Optional<String>> client,
        Supplier<RequestAttributes> attributes) {
    /** A request without attributes. */
    public OutgoingRequest(
            String method,
            String target,
            Headers headers,
            RequestBody body,
            boolean expectContinue,
            Optional<String> upgrade,
            Interim interim,
            Supplier<Optional<String>> client) {
        this(method, target, headers, body, expectContinue, upgrade, interim, client, RequestAttributes::none);
    }

    /** A request whose client's connection is not known. */
    public OutgoingRequest(
            String method,
            String target,
            Headers headers,
            RequestBody body,
            boolean expectContinue,
            Optional<String> upgrade,
            Interim interim) {
        this(method, target, headers, body, expectContinue, upgrade, interim, Optional::empty);
    }

    /** A listener for interim responses, called on the thread that sends. */
    public interface Interim {
        /** @param head status 100 to 199 but 101 */
        void received(ResponseHead head) throws IOException;
    }
}
