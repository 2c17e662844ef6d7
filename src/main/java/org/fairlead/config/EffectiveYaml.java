package org.fairlead.config;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/**
 * Writes a configuration tree as YAML, so that printing an httpd configuration converts it: included files are inlined,
 * variables have their values, and every notice is a comment at its line. The text is made by SnakeYAML's emitter.
 */
final class EffectiveYaml {
    /** What needs no quotes: our reader takes every scalar as text, so that {@code On} and {@code 5} need none. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9/._+][A-Za-z0-9/._+@|,;=-]*(:[A-Za-z0-9/._+@|,;=-]+)*");

    private static final Pattern BEHIND_DASH = Pattern.compile("( *)- (#.*\n)");

    private static final Set<String> TYPED = Set.of("null", "~");

    private final StringWriter out = new StringWriter();
    private final Emitter emitter = new Emitter(out, options());
    private final Map<String, List<Problem>> notices;

    private EffectiveYaml(List<Problem> notices) {
        this.notices = notices.stream()
                .collect(Collectors.groupingBy(
                        p -> p.source().toString(), LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
    }

    private static DumperOptions options() {
        DumperOptions options = new DumperOptions();
        options.setProcessComments(true);
        options.setSplitLines(false);
        options.setAllowUnicode(true);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        return options;
    }

    /** Returns the tree as YAML; what cannot be put at a line of its own stands in front. */
    static String of(Entry root, List<Problem> notices) {
        EffectiveYaml body = new EffectiveYaml(notices);
        String text = body.document(root);
        StringBuilder head = new StringBuilder("# Fairlead, from ")
                .append(Quoted.of(root.source().file()))
                .append('\n');
        body.notices
                .values()
                .forEach(rest -> rest.forEach(
                        p -> head.append("# ").append(oneLine(p.toString())).append('\n')));
        return head.append(text).toString();
    }

    private String document(Entry root) {
        if (!root.entries().isEmpty()) {
            emit(new StreamStartEvent(null, null));
            emit(new DocumentStartEvent(null, null, false, null, Map.of()));
            mapping(root, true);
            emit(new DocumentEndEvent(null, null, false));
            emit(new StreamEndEvent(null, null));
        }
        return commentsAbove(out.toString());
    }

    /** Moves the comments of list items above them; the emitter puts them behind the dash. */
    private static String commentsAbove(String yaml) {
        StringBuilder moved = new StringBuilder();
        String indent = "";
        boolean dashIsDue = false;
        for (String line : yaml.split("(?<=\n)")) {
            Matcher behind = BEHIND_DASH.matcher(line);
            if (behind.matches()) {
                indent = behind.group(1);
                moved.append(indent).append(behind.group(2));
                dashIsDue = true;
            } else if (dashIsDue && line.strip().startsWith("#")) {
                moved.append(indent).append(line.stripLeading());
            } else if (dashIsDue) {
                moved.append(indent).append("- ").append(line.stripLeading());
                dashIsDue = false;
            } else {
                moved.append(line);
            }
        }
        return moved.toString();
    }

    private void emit(Event event) {
        try {
            emitter.emit(event);
        } catch (IOException e) {
            throw new UncheckedIOException("a string has no end", e);
        }
    }

    /** @param commented whether its first key begins a line, above which a comment can stand */
    private void mapping(Entry parent, boolean commented) {
        emit(new MappingStartEvent(null, null, true, null, null, FlowStyle.BLOCK));
        boolean beginsLine = commented;
        if (parent.hasValue() && !parent.has("url")) {
            scalar("url");
            scalar(parent.value());
            beginsLine = true;
        }
        for (Map.Entry<String, List<Entry>> group : groups(parent).entrySet()) {
            group(parent, group.getKey(), group.getValue(), beginsLine);
            beginsLine = true;
        }
        if (parent.name().equals("proxypassmatch")) {
            scalar("regex");
            scalar("true");
        }
        emit(new MappingEndEvent(null, null));
    }

    private static Map<String, List<Entry>> groups(Entry parent) {
        Map<String, List<Entry>> groups = new LinkedHashMap<>();
        for (Entry entry : parent.entries()) {
            // Both are tried in one order, which two keys could not keep.
            String name = entry.name().equals("proxypassmatch") ? "proxypass" : entry.name();
            groups.computeIfAbsent(name, n -> new ArrayList<>()).add(entry);
        }
        return groups;
    }

    private void group(Entry parent, String name, List<Entry> entries, boolean beginsLine) {
        if (entries.size() == 1 && !Schema.isRepeatable(parent.name(), name)) {
            if (beginsLine) {
                tell(entries.get(0));
            }
            scalar(name);
            single(entries.get(0), true);
            return;
        }
        scalar(name);
        emit(new SequenceStartEvent(null, null, true, null, null, FlowStyle.BLOCK));
        for (Entry entry : entries) {
            tell(entry);
            single(entry, false);
        }
        emit(new SequenceEndEvent(null, null));
    }

    private void single(Entry entry, boolean commented) {
        if (entry.entries().isEmpty()) {
            scalar(entry.value());
        } else {
            mapping(entry, commented);
        }
    }

    /** Puts what was noticed of an entry, or of one inside it that is in the same line, above it. */
    private void tell(Entry entry) {
        List<Problem> here =
                Optional.ofNullable(notices.get(entry.source().toString())).orElseGet(ArrayList::new);
        here.forEach(p -> emit(new CommentEvent(CommentType.BLOCK, " " + oneLine(p.text()), null, null)));
        here.clear();
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\u2028\u2029]", "?");
    }

    private void scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !TYPED.contains(text);
        emit(new ScalarEvent(
                null,
                null,
                new ImplicitTuple(true, true),
                plain ? text : text.replace("${", "$${"),
                null,
                null,
                plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED));
    }
}
