package org.fairlead.config;

import org.fairlead.model.Source;

/** The file that a native format is read from: it fills nodes and reports errors for a reader of text. */
final class NativeSource {
    /** The most nodes a file may have once its aliases are followed; a real one has hundreds. */
    static final int MAX_NODES = 200_000;

    private final String file;
    private final Interpolation interpolation;
    private final Problems problems;
    private boolean broken;

    NativeSource(String file, Interpolation interpolation, Problems problems) {
        this.file = file;
        this.interpolation = interpolation;
        this.problems = problems;
    }

    String file() {
        return file;
    }

    void fill(TreeBuilder node, String text) {
        node.value(interpolation.apply(text, new Source(file, node.line()), problems));
    }

    /** A mistake that leaves the rest of the text readable. */
    void error(int line, String text) {
        problems.error(new Source(file, line), text);
    }

    /** A mistake behind which nothing can be read. */
    void broken(int line, String text) {
        broken = true;
        error(line, text);
    }

    /** Whether the tree is only a part of what the operator wrote, so that there is no use in reading it. */
    boolean isBroken() {
        return broken;
    }
}
