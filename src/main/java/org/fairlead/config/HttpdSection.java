package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.fairlead.model.Source;

/** A section that was opened and not yet closed. Not thread-safe. */
final class HttpdSection {
    /** What becomes of the lines inside. */
    enum Mode {
        /** They go into this section's own node. */
        OWN,
        /** They are read as if they stood around the section. */
        THROUGH,
        /** They are passed over, as httpd does. */
        SKIPPED,
        /** They are passed over for want of a module, and read for what must not be lost. */
        LACKING,
        /** They are read for their mistakes, since the section itself has one. */
        BROKEN
    }

    /**
     * Why a section is passed over.
     *
     * @param section the condition as written, with its brackets
     * @param reason what is wanting, for messages: {@code as ...}
     */
    record Lack(String section, String reason) {}

    private final String name;
    private final Source opened;
    private final Mode mode;
    private final Directive.Place place;
    private final Optional<HttpdNode> node;
    private final Optional<Lack> lack;
    private final List<ImmutableNode> conditions = new ArrayList<>();

    private HttpdSection(String name, Source opened, Mode mode, Directive.Place place, Optional<HttpdNode> node) {
        this(name, opened, mode, place, node, Optional.empty());
    }

    private HttpdSection(
            String name,
            Source opened,
            Mode mode,
            Directive.Place place,
            Optional<HttpdNode> node,
            Optional<Lack> lack) {
        this.lack = lack;
        this.name = name;
        this.opened = opened;
        this.mode = mode;
        this.place = place;
        this.node = node;
    }

    static HttpdSection root(String file) {
        HttpdNode node = new HttpdNode("", new Source(file, 0));
        return new HttpdSection("", new Source(file, 0), Mode.OWN, Directive.Place.SERVER, Optional.of(node));
    }

    static HttpdSection own(String name, Source opened, Directive.Place place, HttpdNode node) {
        return new HttpdSection(name, opened, Mode.OWN, place, Optional.of(node));
    }

    static HttpdSection broken(String name, Source opened, Directive.Place place) {
        return new HttpdSection(name, opened, Mode.BROKEN, place, Optional.empty());
    }

    static HttpdSection through(String name, Source opened, Directive.Place place) {
        return new HttpdSection(name, opened, Mode.THROUGH, place, Optional.empty());
    }

    static HttpdSection skipped(String name, Source opened) {
        return new HttpdSection(name, opened, Mode.SKIPPED, Directive.Place.DIRECTORY, Optional.empty());
    }

    /**
     * A section that is passed over for want of something.
     *
     * @param lack what is wanting; of a section inside another one that of the outer one
     */
    static HttpdSection lacking(String name, Source opened, Lack lack) {
        return new HttpdSection(
                name, opened, Mode.LACKING, Directive.Place.DIRECTORY, Optional.empty(), Optional.of(lack));
    }

    /** Why its lines are passed over although they may matter; empty where httpd passes them over too. */
    Optional<Lack> lack() {
        return lack;
    }

    /** As written, with the opening bracket only: {@code <Location}. */
    String name() {
        return name;
    }

    Source opened() {
        return opened;
    }

    boolean isSkipped() {
        return mode == Mode.SKIPPED;
    }

    boolean isThrough() {
        return mode == Mode.THROUGH;
    }

    Directive.Place place() {
        return place;
    }

    /** Adds what a line left; a broken section keeps nothing. */
    void add(Iterable<ImmutableNode> children) {
        for (ImmutableNode child : children) {
            if (child.getNodeName().equals("rewritecond")) {
                conditions.add(child);
            } else if (child.getNodeName().equals("rewriterule")) {
                node.ifPresent(n -> n.add(withConditions(child)));
                conditions.clear();
            } else {
                node.ifPresent(n -> n.add(child));
            }
        }
    }

    /** Conditions are for the next rule, and stand in it, since other formats know no order among different names. */
    private ImmutableNode withConditions(ImmutableNode rule) {
        List<ImmutableNode> parts = new ArrayList<>(conditions);
        parts.addAll(rule.getChildren());
        return rule.replaceChildren(parts);
    }

    /** Conditions that no rule has followed so far. */
    List<ImmutableNode> conditionsWithoutRule() {
        return conditions;
    }

    Optional<ImmutableNode> build() {
        return node.map(HttpdNode::build).map(HttpdSection::chained);
    }

    /**
     * Puts every {@code <ElseIf>} and {@code <Else>} into the {@code <If>} before it, whose branches they are; one
     * without stays where it is, which the schema refuses.
     */
    private static ImmutableNode chained(ImmutableNode section) {
        if (section.getChildren().stream().noneMatch(HttpdSection::isBranch)) {
            return section;
        }
        List<ImmutableNode> children = new ArrayList<>();
        int choice = -1;
        for (ImmutableNode child : section.getChildren()) {
            if (isBranch(child) && choice >= 0) {
                children.set(choice, children.get(choice).addChild(child));
                choice = child.getNodeName().equals("else") ? -1 : choice;
            } else {
                choice = child.getNodeName().equals("if") ? children.size() : choice;
                children.add(child);
            }
        }
        return section.replaceChildren(children);
    }

    private static boolean isBranch(ImmutableNode node) {
        return node.getNodeName().equals("elseif") || node.getNodeName().equals("else");
    }
}
