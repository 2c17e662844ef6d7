package org.fairlead.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import org.fairlead.http.Headers;

/**
 * A handler's response. {@code Header} rules of the location are applied to it.
 *
 * @param headers {@code Content-Type} and other fields that it needs
 */
public record HandlerResponse(int status, Headers headers, Body body) {
    /** A response's body. */
    public interface Body {
        /** Bytes; −1 = unknown, as with a stream of events. */
        default long length() {
            return -1;
        }

        /**
         * Writes it; may take as long as the client stays.
         *
         * @throws IOException if the client is gone
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private record Bytes(byte[] bytes) implements Body {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    /** A text. @param type with its {@code charset} parameter, where it has one */
    public static HandlerResponse text(int status, String type, String text, Charset charset) {
        return bytes(status, type, text.getBytes(charset));
    }

    /** A body in memory. */
    public static HandlerResponse bytes(int status, String type, byte[] bytes) {
        return new HandlerResponse(status, Headers.of("Content-Type", type), new Bytes(bytes));
    }

    /** Returns this response, with a field set. */
    public HandlerResponse with(String name, String value) {
        headers.set(name, value);
        return this;
    }
}
