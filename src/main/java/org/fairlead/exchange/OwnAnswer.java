package org.fairlead.exchange;

/**
 * What a rule answers a request with itself, so that no member is asked: a redirect, a challenge, a plain status.
 *
 * @param status 100 to 999; where it is an error, the operator's {@code ErrorDocument} is the body
 * @param headers what the answer must carry besides: {@code Location}, {@code WWW-Authenticate}, {@code Set-Cookie}
 */
public record OwnAnswer(int status, Headers headers) {
    public static OwnAnswer of(int status) {
        return new OwnAnswer(status, new Headers());
    }

    /**
     * A redirect.
     *
     * @param location an absolute URL or a path, encoded as it is to be sent
     */
    public static OwnAnswer redirect(int status, String location) {
        Headers headers = new Headers();
        headers.set("Location", location);
        return new OwnAnswer(status, headers);
    }
}
