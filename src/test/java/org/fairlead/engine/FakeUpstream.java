package org.fairlead.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.Tunnel;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;

/** Members that do what they are told, one step a request, and remember what they got. */
final class FakeUpstream implements Upstream {
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<Sent> sent = new ArrayList<>();
    private int open;
    private boolean silent;
    private boolean deaf;
    private Optional<Runnable> heard = Optional.empty();
    private int abandoned;

    /** What one attempt comes to. */
    interface Step {
        UpstreamResponse take(OutgoingRequest request) throws UpstreamException;
    }

    /** What one attempt got. */
    record Sent(String member, OutgoingRequest request, boolean fresh) {}

    FakeUpstream then(Step step) {
        steps.add(step);
        return this;
    }

    FakeUpstream fails(Kind kind, boolean reused, boolean touched) {
        return then(request -> {
            throw new UpstreamException(kind, "a reason", reused, touched, null);
        });
    }

    FakeUpstream answers(int status, String body, String... fields) {
        return then(request -> new FakeAnswer(new ResponseHead(status, Headers.of(fields)), body, false));
    }

    FakeUpstream answersCut(String body) {
        return then(request -> new FakeAnswer(new ResponseHead(200, new Headers()), body, true));
    }

    UpstreamResponse answer(int status, String body) {
        return new FakeAnswer(new ResponseHead(status, new Headers()), body, false);
    }

    /** Forgets what nobody asked for. */
    void forgetSteps() {
        steps.clear();
    }

    List<Sent> sent() {
        return sent;
    }

    List<String> members() {
        return sent.stream().map(Sent::member).toList();
    }

    /** Answers that were handed out and not closed. */
    int open() {
        return open;
    }

    /** From now on members are silent until somebody says that they have {@linkplain #heard something to say}. */
    FakeUpstream silent() {
        silent = true;
        return this;
    }

    /** From now on they look as if they could be awaited without a thread, and cannot. */
    FakeUpstream deaf() {
        deaf = true;
        return this;
    }

    /** What whoever waits without a thread is told by. */
    Runnable heard() {
        return heard.orElseThrow();
    }

    /** Requests whose answers nobody waits for any more. */
    int abandoned() {
        return abandoned;
    }

    @Override
    public PendingResponse send(Member member, OutgoingRequest request, boolean freshConnection)
            throws UpstreamException {
        sent.add(new Sent(member.name(), request, freshConnection));
        Step step = steps.remove();
        try {
            UpstreamResponse answer = step.take(request);
            return new FakePending(() -> answer);
        } catch (UpstreamException e) {
            if (e.nothingSent()) {
                throw e;
            }
            return new FakePending(() -> {
                throw e;
            });
        }
    }

    private interface Outcome {
        UpstreamResponse take() throws UpstreamException;
    }

    private final class FakePending implements PendingResponse {
        private final Outcome outcome;

        FakePending(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public UpstreamResponse answer() throws UpstreamException {
            return outcome.take();
        }

        @Override
        public boolean isSilent() {
            return silent;
        }

        @Override
        public boolean whenHeard(Runnable whom) {
            heard = Optional.of(whom);
            return !deaf;
        }

        @Override
        public void cancel() {
            abandoned++;
            open--;
        }
    }

    private final class FakeAnswer implements UpstreamResponse {
        private boolean closed;
        private final ResponseHead head;
        private final byte[] body;
        private final boolean cut;

        FakeAnswer(ResponseHead head, String body, boolean cut) {
            this.head = head;
            this.body = body.getBytes(StandardCharsets.ISO_8859_1);
            this.cut = cut;
            open++;
        }

        @Override
        public long connectedAt() {
            return System.nanoTime();
        }

        @Override
        public ResponseHead head() {
            return head;
        }

        @Override
        public long length() {
            return body.length;
        }

        @Override
        public long copyTo(OutputStream out) throws UpstreamException, ClientGoneException {
            try {
                out.write(body);
            } catch (IOException e) {
                throw new ClientGoneException("gone", e);
            }
            if (cut) {
                throw new UpstreamException(Kind.CUT, "ends early", false, true, null);
            }
            return body.length;
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public Headers trailers() {
            return Headers.of("X-Sum", "42");
        }

        @Override
        public long bytesSent() {
            return 0;
        }

        @Override
        public Tunnel tunnel() {
            return new Tunnel() {
                @Override
                public void start(InputStream fromClient, OutputStream toClient, Runnable closed) {
                    open--;
                    closed.run();
                }

                @Override
                public void finish(Duration longest) {}

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {
            open -= closed ? 0 : 1;
            closed = true;
        }
    }
}
