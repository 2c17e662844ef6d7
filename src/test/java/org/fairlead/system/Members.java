package org.fairlead.system;

import com.sun.net.httpserver.HttpHandler;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The members of one test, all closed behind it.
 *
 * <p>As {@code @RegisterExtension final Members members = new Members();} or in a try-with-resources.
 */
public final class Members implements AfterEachCallback, Closeable {
    private final List<Closeable> started = new CopyOnWriteArrayList<>();

    /** Starts a member that answers its id. */
    public HttpMember http(String id) throws IOException {
        return mine(HttpMember.start(id));
    }

    /** Starts a member that answers as the handler does. */
    public HttpMember http(String id, HttpHandler handler) throws IOException {
        return mine(HttpMember.start(id, handler));
    }

    /** Starts a member that runs the script on every connection. */
    public RawMember raw(RawMember.Script script) throws IOException {
        return mine(RawMember.start(script));
    }

    /** Starts a member that reads whole requests and answers each with the text given for it. */
    public RawMember answering(Function<WireMessage, String> answer) throws IOException {
        return mine(RawMember.answering(answer));
    }

    /** Starts a member that accepts and never says a word. */
    public RawMember silent() throws IOException {
        return mine(RawMember.silent());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        close();
    }

    /** Ends all members. */
    @Override
    public void close() throws IOException {
        for (Closeable member : started) {
            member.close();
        }
        started.clear();
    }

    private <M extends Closeable> M mine(M member) {
        started.add(member);
        return member;
    }
}
