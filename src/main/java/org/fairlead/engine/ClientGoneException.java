package org.fairlead.engine;

import java.io.IOException;

/** The client's side broke (it went away, or its body was not what its head promised); no member is to blame. */
public final class ClientGoneException extends IOException {
    public ClientGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
