package org.fairlead.connector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.CharBuffer;
import java.util.Optional;
import org.apache.catalina.connector.InputBuffer;

/**
 * Text buffer of Tomcat's requests, made small: a proxy reads bodies as bytes, and a waiting request keeps 32 KB of
 * text buffer otherwise.
 *
 * <p>Tomcat has no setting for its size, so a private field is set. Where a Tomcat has no such field, requests keep
 * Tomcat's own buffer, and the log says so once. Immutable and thread-safe.
 */
final class RequestTextBuffer {
    private static final System.Logger LOG = System.getLogger(RequestTextBuffer.class.getName());

    /** Enough for a reader of text to get it piece by piece. */
    private static final int CHARS = 128;

    private final Optional<VarHandle> field;

    /** @param field the name of the field in {@link InputBuffer} that holds the text; may be one that is not there */
    RequestTextBuffer(String field) {
        this.field = find(field);
    }

    private static Optional<VarHandle> find(String name) {
        try {
            return Optional.of(MethodHandles.privateLookupIn(InputBuffer.class, MethodHandles.lookup())
                    .findVarHandle(InputBuffer.class, name, CharBuffer.class));
        } catch (ReflectiveOperationException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "InputBuffer.{0} is not in this Tomcat: a waiting request takes 33 KB more memory ({1})",
                    name,
                    e.toString());
            return Optional.empty();
        }
    }

    /** Gives a new request's buffer room for a few characters; does nothing where the field is not there. */
    void shrink(InputBuffer buffer) {
        field.ifPresent(text -> text.set(buffer, CharBuffer.allocate(CHARS).limit(0)));
    }

    boolean isThere() {
        return field.isPresent();
    }
}
