package org.fairlead.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.fairlead.engine.UpstreamException.Kind;

/** What an exception says about an exchange that failed before its response's head was there. */
record FailedExchange(Kind kind, String message) {
    static FailedExchange of(IOException e) {
        if (e instanceof RequestBodySender.ClientBodyException) {
            return new FailedExchange(Kind.CLIENT_BODY, "the client's body: " + e.getMessage());
        } else if (e instanceof BadResponseException) {
            return new FailedExchange(Kind.BAD_ANSWER, "bad answer: " + e.getMessage());
        } else if (e instanceof SocketTimeoutException) {
            return new FailedExchange(Kind.TIMEOUT, "no answer: " + e.getMessage());
        } else if (e instanceof SSLHandshakeException handshake) {
            return new FailedExchange(Kind.TLS, TlsFailure.describe(handshake));
        }
        return new FailedExchange(Kind.BROKEN, "the connection broke: " + e.getMessage());
    }
}
