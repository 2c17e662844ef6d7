package org.fairlead.model;

import java.util.List;

/**
 * {@code <If>} with its {@code <ElseIf>} and {@code <Else>}: of their settings those of the first that holds.
 *
 * @param branches in order, at least one
 */
public record Choice(List<Branch> branches, Source source) {
    public Choice {
        branches = List.copyOf(branches);
    }

    /**
     * @param condition in httpd's expression language; empty for {@code <Else>}, which always holds
     * @param settings which may hold choices of their own
     */
    public record Branch(String condition, Settings settings, Source source) {}
}
