package org.fairlead.config;

import org.fairlead.model.Source;

/** The file that a native format is read from: what a reader of text needs to fill nodes and to complain. */
record NativeSource(String file, Interpolation interpolation, Problems problems) {
    /** The most nodes a file may have once its aliases are followed; a real one has hundreds. */
    static final int MOST_NODES = 200_000;

    void fill(TreeBuilder node, String text) {
        node.value(interpolation.apply(text, new Source(file, node.line()), problems));
    }

    void error(int line, String text) {
        problems.error(new Source(file, line), text);
    }
}
