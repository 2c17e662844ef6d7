package org.fairlead.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A search for a pattern in one text, which may go on behind what was found, in bounded time. Used by one thread. */
public final class Occurrences {
    private final String source;
    private final String text;
    private final Steps steps;
    private final int granted;
    private final BoundedText bounded;
    private final Matcher matcher;
    private int counted;

    Occurrences(String source, Pattern pattern, String text, Steps steps) {
        this.source = source;
        this.text = text;
        this.steps = steps;
        this.granted = Math.min(Regex.MAX_STEPS, steps.left());
        this.bounded = new BoundedText(text, granted);
        this.matcher = pattern.matcher(bounded);
    }

    /**
     * Goes to the next occurrence, the first one in the beginning.
     *
     * @return false if there is none
     * @throws EvaluationException if that takes more work than is allowed
     */
    public boolean next() throws EvaluationException {
        try {
            boolean found = matcher.find();
            int done = granted - bounded.left();
            steps.spend(done - counted);
            counted = done;
            return found;
        } catch (BoundedText.Exhausted | StackOverflowError e) {
            // A stack that is used up is the same finding: alternatives inside a repetition take frames for each step.
            throw Regex.exhausted(source, text);
        }
    }

    /** How many groups the pattern has, without the whole occurrence. */
    public int groups() {
        return matcher.groupCount();
    }

    /** Where a group begins, 0 for the whole occurrence; -1 if it took no part in it, or does not exist. */
    public int start(int group) {
        return group <= matcher.groupCount() ? matcher.start(group) : -1;
    }

    /** Where a group ends, as {@link #start}. */
    public int end(int group) {
        return group <= matcher.groupCount() ? matcher.end(group) : -1;
    }

    /** The text of a group; empty if it took no part, or does not exist. */
    public String group(int group) {
        return start(group) < 0 ? "" : text.substring(start(group), end(group));
    }
}
