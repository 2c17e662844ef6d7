package org.fairlead.exchange;

import org.fairlead.http.ResponseHead;

/**
 * Port from our own connector to the configuration: the response to a request that the connector refuses by itself,
 * because its head cannot be read. It has the host's {@code Header always} fields and its {@code ErrorDocument}.
 * Thread-safe.
 */
public interface ConnectorResponses {
    /** The name of the attribute of the servlet context, from the servlet. */
    String ATTRIBUTE = ConnectorResponses.class.getName();

    /**
     * A response that is not framed yet.
     *
     * @param body bytes that are sent unless the request's method was HEAD
     */
    record Refusal(ResponseHead head, byte[] body) {}

    /**
     * Makes the response.
     *
     * @param status 400 to 599
     * @param authority the host that was asked for; empty where it is not known
     */
    Refusal refusal(int status, ClientConnection client, String authority);
}
