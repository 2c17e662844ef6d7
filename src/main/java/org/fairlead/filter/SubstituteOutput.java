package org.fairlead.filter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fairlead.expression.EvaluationException;

/**
 * An output that passes on whole lines, their ends included, in which texts were replaced. It holds one line at most; a
 * line that is longer than the limit is passed on as it is.
 */
final class SubstituteOutput extends FilterOutput {
    private static final System.Logger LOG = System.getLogger(SubstituteOutput.class.getName());
    private static final int FIRST_BYTES = 1024;

    private final OutputStream next;
    private final List<Substitution> rules;
    private final long maxLine;
    private byte[] line = new byte[FIRST_BYTES];
    private int held;
    /** Whether the current line is too long and has been passed on in part. */
    private boolean passing;

    SubstituteOutput(OutputStream next, List<Substitution> rules, long maxLine) {
        this.next = next;
        this.rules = new ArrayList<>(rules);
        this.maxLine = maxLine;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                piece(bytes, from, i + 1 - from);
                endLine();
                from = i + 1;
            }
        }
        if (from < end) {
            piece(bytes, from, end - from);
        }
    }

    private void piece(byte[] bytes, int offset, int length) throws IOException {
        if (!passing && (long) held + length > maxLine) {
            passing = true;
            next.write(line, 0, held);
            held = 0;
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "a line of more than {0} bytes is passed on as it is (SubstituteMaxLineLength)",
                    maxLine);
        }
        if (passing) {
            next.write(bytes, offset, length);
            return;
        }
        if (line.length - held < length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, held + length));
        }
        System.arraycopy(bytes, offset, line, held, length);
        held += length;
    }

    private void endLine() throws IOException {
        if (!passing && held > 0) {
            String before = new String(line, 0, held, StandardCharsets.ISO_8859_1);
            String after = replaced(before);
            if (after == before) {
                next.write(line, 0, held);
            } else {
                next.write(after.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        held = 0;
        passing = false;
    }

    /** A pattern that takes too many steps on a line is left out for the rest of the body. */
    private String replaced(String text) {
        String result = text;
        for (int i = 0; i < rules.size(); i++) {
            try {
                result = rules.get(i).apply(result);
            } catch (EvaluationException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Substitute: {0}; the rest of this body is left as it is by it",
                        e.getMessage());
                rules.remove(i--);
            }
        }
        return result;
    }

    @Override
    public void flush() throws IOException {
        next.flush();
    }

    @Override
    public void finish() throws IOException {
        endLine();
    }
}
