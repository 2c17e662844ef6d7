package org.fairlead.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A {@code traceparent} of version 00 (W3C Trace Context Level 2, 3.2).
 *
 * @param traceId 32 hexadecimal digits in lower case, not all zero
 * @param parentId 16 of them, not all zero
 * @param flags {@link #SAMPLED} and {@link #RANDOM}; others are not known to this version
 */
public record TraceParent(String traceId, String parentId, int flags) {
    /** The name of its field. */
    public static final String FIELD = "traceparent";

    /** The client may have recorded the trace. */
    public static final int SAMPLED = 1;
    /** The seven bytes of the trace id on the right are random. */
    public static final int RANDOM = 2;

    private static final int LENGTH = 55;
    private static final int TRACE_START = 3;
    private static final int TRACE_END = 35;
    private static final int PARENT_START = 36;
    private static final int PARENT_END = 52;
    private static final int FLAGS_START = 53;

    /** Reads the values of all fields of its name; empty where there is not exactly one, or it is invalid. */
    public static Optional<TraceParent> of(List<String> values) {
        return values.size() == 1 ? of(values.get(0)) : Optional.empty();
    }

    private static Optional<TraceParent> of(String text) {
        if (text.length() < LENGTH
                || !isHex(text, 0, 2)
                || text.startsWith("ff")
                || text.charAt(2) != '-'
                || !isId(text, TRACE_START, TRACE_END)
                || text.charAt(TRACE_END) != '-'
                || !isId(text, PARENT_START, PARENT_END)
                || text.charAt(PARENT_END) != '-'
                || !isHex(text, FLAGS_START, LENGTH)) {
            return Optional.empty();
        }
        // A later version may say more, behind another dash.
        boolean further = text.length() > LENGTH;
        if (further && (text.startsWith("00") || text.charAt(LENGTH) != '-')) {
            return Optional.empty();
        }
        int flags = Integer.parseInt(text.substring(FLAGS_START, LENGTH), 16);
        return Optional.of(new TraceParent(
                text.substring(TRACE_START, TRACE_END),
                text.substring(PARENT_START, PARENT_END),
                flags & (SAMPLED | RANDOM)));
    }

    /** A new trace with random ids. */
    public static TraceParent begin(boolean sampled) {
        String id = id() + id();
        return new TraceParent(id, id(), RANDOM | (sampled ? SAMPLED : 0));
    }

    /** The same trace with a new parent id. */
    public TraceParent next() {
        return new TraceParent(traceId, id(), flags);
    }

    /** 16 random digits, not all zero. */
    private static String id() {
        long number = ThreadLocalRandom.current().nextLong();
        while (number == 0) {
            number = ThreadLocalRandom.current().nextLong();
        }
        return String.format("%016x", number);
    }

    private static boolean isId(String text, int start, int end) {
        if (!isHex(text, start, end)) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (text.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }

    private static boolean isHex(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The field's value. */
    public String text() {
        return "00-" + traceId + "-" + parentId + "-0" + flags;
    }
}
