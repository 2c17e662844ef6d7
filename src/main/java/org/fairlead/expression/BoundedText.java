package org.fairlead.expression;

/**
 * A text with a limit of reads, so that a backtracking pattern terminates. The matcher reads each character through
 * {@link #charAt}, also when it backtracks, so the number of reads is the number of steps. Used by one match on one
 * thread.
 */
final class BoundedText implements CharSequence {
    /** Thrown through the matcher, which leaves its own state behind; caught in {@link Regex} alone. */
    static final class Exhausted extends RuntimeException {
        static final Exhausted INSTANCE = new Exhausted();

        private Exhausted() {
            super("step limit", null, false, false);
        }
    }

    private final String text;
    private int left;

    BoundedText(String text, int steps) {
        this.text = text;
        this.left = steps;
    }

    /** How many reads are left. */
    int left() {
        return Math.max(0, left);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw Exhausted.INSTANCE;
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
