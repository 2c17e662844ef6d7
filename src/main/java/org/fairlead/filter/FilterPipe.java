package org.fairlead.filter;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The outputs of a response's body filters, one before the other, and the client's behind them. Used by one thread. */
public final class FilterPipe extends OutputStream {
    private final Deque<FilterOutput> outputs = new ArrayDeque<>();
    private final OutputStream first;
    private long written;

    public FilterPipe(List<FilteredResponse.Step> steps, OutputStream client) {
        OutputStream next = new Counted(client);
        for (int i = steps.size() - 1; i >= 0; i--) {
            FilterOutput output = steps.get(i).before(next);
            outputs.addFirst(output);
            next = output;
        }
        first = next;
    }

    @Override
    public void write(int b) throws IOException {
        first.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        first.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        first.flush();
    }

    /** Writes what the filters hold, because the body has ended; the client's output stays open. */
    public void finish() throws IOException {
        for (FilterOutput output : outputs) {
            output.finish();
        }
    }

    /** Bytes that the client got. */
    public long written() {
        return written;
    }

    /** Releases the filters; the client's output stays open. */
    @Override
    public void close() {
        outputs.forEach(FilterOutput::close);
    }

    private final class Counted extends OutputStream {
        private final OutputStream client;

        Counted(OutputStream client) {
            this.client = client;
        }

        @Override
        public void write(int b) throws IOException {
            client.write(b);
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            client.write(bytes, offset, length);
            written += length;
        }

        @Override
        public void flush() throws IOException {
            client.flush();
        }
    }
}
