package org.fairlead.expression;

/**
 * The groups of the last successful match: {@code $0} (all of it) to {@code $9}. Immutable.
 */
public final class Captures {
    /** Nothing matched yet: every group is empty. */
    public static final Captures NONE = new Captures(new String[0]);

    private final String[] groups;

    Captures(String[] groups) {
        this.groups = groups;
    }

    /** The group's text; empty if there is no such group or it took no part in the match. */
    public String group(int number) {
        return number < groups.length ? groups[number] : "";
    }

    /** How many groups there are, {@code $0} among them; 0 if nothing matched. */
    public int size() {
        return groups.length;
    }
}
