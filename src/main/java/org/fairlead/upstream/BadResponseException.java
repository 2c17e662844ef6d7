package org.fairlead.upstream;

import java.io.IOException;

/** A bad response: a member's bytes are no HTTP/1 response, or one that two parsers could understand differently. */
final class BadResponseException extends IOException {
    BadResponseException(String message) {
        super(message);
    }
}
