package org.fairlead.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fairlead.model.RangeLimits;

/**
 * A parser of the {@code Range} field for a body of known length (RFC 9110 14.2), as httpd's byterange filter. Its
 * grammar has no blanks, a range that touches the one before is joined with it, and {@code 0-} means the whole body
 * whatever other ranges are listed. Used by one thread.
 */
final class RangeField {
    private static final String UNIT = "bytes=";

    private final long whole;
    private final List<ByteRange> done = new ArrayList<>();
    private Optional<ByteRange> current = Optional.empty();
    private boolean unsatisfiable;
    private int overlaps;
    private int reversals;

    private RangeField(long whole) {
        this.whole = whole;
    }

    /**
     * Returns the ranges to send, in ascending order and apart from each other. An empty list = none of the ranges lies
     * in the body, which is a 416. Empty = the field is ignored: it is no list of byte ranges, exceeds a limit, or asks
     * for more bytes than there are.
     *
     * @param field the value of the field
     * @param whole bytes of the body, at least one
     */
    static Optional<List<ByteRange>> read(String field, long whole, RangeLimits limits) {
        if (!field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return Optional.empty();
        }
        RangeField read = new RangeField(whole);
        return read.all(field.substring(UNIT.length())) ? read.within(limits) : Optional.empty();
    }

    /** Parses all ranges in order; false = the field is no list of byte ranges. */
    private boolean all(String list) {
        if (list.startsWith(",")) {
            return false;
        }
        for (String spec : list.split(",+")) {
            int dash = spec.indexOf('-');
            String from = dash < 0 ? "" : spec.substring(0, dash);
            String to = spec.substring(dash + 1);
            long first = from.isEmpty() ? 0 : number(from);
            long last = to.isEmpty() ? whole - 1 : number(to);
            if (dash < 0 || first < 0 || last < 0 || from.isEmpty() && (to.isEmpty() || last == 0)) {
                return false;
            }
            if (!from.isEmpty() && !to.isEmpty() && first > last) {
                return false;
            }
            if (first == 0 && to.isEmpty()) {
                done.clear();
                current = Optional.of(new ByteRange(0, whole - 1));
                return true;
            }
            take(from.isEmpty() ? Math.max(0, whole - last) : first, from.isEmpty() ? whole - 1 : last);
        }
        return true;
    }

    /** Decimal digits; −1 = something else, or more than a file can have. */
    private static long number(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void take(long first, long last) {
        if (first >= whole) {
            unsatisfiable = true;
            return;
        }
        ByteRange next = new ByteRange(first, Math.min(last, whole - 1));
        if (current.isPresent() && current.get().touches(next)) {
            overlaps++;
            reversals += next.first() < current.get().first() ? 1 : 0;
            current = Optional.of(current.get().join(next));
        } else {
            current.ifPresent(done::add);
            current = Optional.of(next);
        }
    }

    private Optional<List<ByteRange>> within(RangeLimits limits) {
        current.ifPresent(done::add);
        if (done.isEmpty()) {
            return unsatisfiable ? Optional.of(List.of()) : Optional.empty();
        }
        long bytes = done.stream().mapToLong(ByteRange::length).sum();
        boolean excessive = bytes > whole
                || done.size() > limits.maxRanges()
                || overlaps > limits.maxOverlaps()
                || reversals > limits.maxReversals();
        return excessive ? Optional.empty() : Optional.of(ascending());
    }

    /** RFC 9110 15.3.7.2 allows any order; this one needs no byte to be held back. */
    private List<ByteRange> ascending() {
        List<ByteRange> sorted = new ArrayList<>(done);
        sorted.sort(Comparator.comparingLong(ByteRange::first));
        List<ByteRange> apart = new ArrayList<>();
        for (ByteRange range : sorted) {
            int last = apart.size() - 1;
            if (last >= 0 && apart.get(last).touches(range)) {
                apart.set(last, apart.get(last).join(range));
            } else {
                apart.add(range);
            }
        }
        return apart;
    }
}
