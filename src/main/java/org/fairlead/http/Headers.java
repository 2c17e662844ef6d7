package org.fairlead.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The field lines of one message: ordered, repeated where they were repeated, names compared without case and kept in
 * the case in which they came (RFC 9110 5.1–5.3). Values are ISO-8859-1 text: one char for each byte on the wire.
 *
 * <p>Not thread-safe: it belongs to the exchange that made it.
 */
public final class Headers {
    private static final String[] NONE = {};
    private static final int INITIAL_CAPACITY = 16;

    /** Room for fields added towards a member: three that describe the client, {@code Via}, and some added by rules. */
    private static final int SPARE_CAPACITY = 12;

    /** Name, value, name, value … up to {@code end}. */
    private String[] lines;

    private int end;

    public Headers() {
        lines = NONE;
    }

    private Headers(String[] lines, int end) {
        this.lines = lines;
        this.end = end;
    }

    /** Returns field lines from name, value, name, value …; for tests and constants. */
    public static Headers of(String... namesAndValues) {
        Headers headers = new Headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    public Headers copy() {
        return new Headers(Arrays.copyOf(lines, end + SPARE_CAPACITY), end);
    }

    /** How many field lines there are. */
    public int size() {
        return end / 2;
    }

    /** The name of line {@code index}, counted from 0, in the case in which it came. */
    public String name(int index) {
        return lines[2 * checked(index)];
    }

    public String value(int index) {
        return lines[2 * checked(index) + 1];
    }

    /** Replaces the value of one line and leaves its place and name. */
    public void setValue(int index, String value) {
        lines[2 * checked(index) + 1] = value;
    }

    /** Adds a line at the end. */
    public void add(String name, String value) {
        if (end == lines.length) {
            lines = Arrays.copyOf(lines, Math.max(INITIAL_CAPACITY, 2 * end));
        }
        lines[end++] = name;
        lines[end++] = value;
    }

    /** Puts all lines of {@code others} in front of these, in their order. */
    public void addFirst(Headers others) {
        String[] all = Arrays.copyOf(others.lines, others.end + end);
        System.arraycopy(lines, 0, all, others.end, end);
        lines = all;
        end = all.length;
    }

    /** Makes this the only line of its name: in the place of the first one, else at the end. */
    public void set(String name, String value) {
        int first = indexOf(name, 0);
        if (first < 0) {
            add(name, value);
            return;
        }
        setValue(first, value);
        removeFrom(name, first + 1);
    }

    /** Removes every line of this name; returns whether there was one. */
    public boolean remove(String name) {
        return removeFrom(name, 0);
    }

    private boolean removeFrom(String name, int start) {
        boolean removed = false;
        for (int i = indexOf(name, start); i >= 0; i = indexOf(name, i)) {
            removeAt(i);
            removed = true;
        }
        return removed;
    }

    /** Removes one line; the later ones move up. */
    public void removeAt(int index) {
        int at = 2 * checked(index);
        System.arraycopy(lines, at + 2, lines, at, end - at - 2);
        lines[--end] = null;
        lines[--end] = null;
    }

    /** The first line of this name at or after {@code from}; −1 if there is none. */
    public int indexOf(String name, int from) {
        for (int i = 2 * from; i < end; i += 2) {
            String candidate = lines[i];
            if (candidate.length() == name.length() && (candidate == name || candidate.equalsIgnoreCase(name))) {
                return i / 2;
            }
        }
        return -1;
    }

    public boolean contains(String name) {
        return indexOf(name, 0) >= 0;
    }

    /** The value of the first line of this name. */
    public Optional<String> first(String name) {
        int index = indexOf(name, 0);
        return index < 0 ? Optional.empty() : Optional.of(value(index));
    }

    /** The values of all lines of this name, in order; empty if there is none. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
            values.add(value(i));
        }
        return values;
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < end; i += 2) {
            action.accept(lines[i], lines[i + 1]);
        }
    }

    private int checked(int index) {
        return Objects.checkIndex(index, end / 2);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }
}
