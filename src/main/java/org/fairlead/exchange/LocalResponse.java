package org.fairlead.exchange;

import org.fairlead.http.Headers;

/**
 * A local response, made by a rule without contacting a member: a redirect, a challenge, a plain status.
 *
 * @param status 100 to 999; where it is an error, the operator's {@code ErrorDocument} is the body
 * @param headers further fields of the response: {@code Location}, {@code WWW-Authenticate}, {@code Set-Cookie}
 */
public record LocalResponse(int status, Headers headers) {
    public static LocalResponse of(int status) {
        return new LocalResponse(status, new Headers());
    }

    /**
     * A redirect.
     *
     * @param location an absolute URL or a path, encoded as it is to be sent
     */
    public static LocalResponse redirect(int status, String location) {
        Headers headers = new Headers();
        headers.set("Location", location);
        return new LocalResponse(status, headers);
    }
}
