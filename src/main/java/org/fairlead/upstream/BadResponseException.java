package org.fairlead.upstream;

import java.io.IOException;

/** A member's bytes are no HTTP/1 answer, or one that two readers could understand differently. */
final class BadResponseException extends IOException {
    BadResponseException(String message) {
        super(message);
    }
}
