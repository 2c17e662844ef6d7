package org.fairlead.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a configuration tree as YAML, so that printing an httpd configuration converts it: included files are inlined,
 * variables have their values, and every notice is a comment at its line.
 */
final class EffectiveYaml {
    /** What needs no quotes: our reader takes every scalar as text, so that {@code On} and {@code 5} need none. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9/._+][A-Za-z0-9/._+@|,;=-]*(:[A-Za-z0-9/._+@|,;=-]+)*");

    private static final Set<String> TYPED = Set.of("null", "~");

    private final StringBuilder out = new StringBuilder();
    private final Map<String, List<Problem>> notices;

    private EffectiveYaml(List<Problem> notices) {
        this.notices = notices.stream()
                .collect(Collectors.groupingBy(
                        p -> p.source().toString(), LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
    }

    /** Returns the tree as YAML; what cannot be put at a line of its own stands in front. */
    static String of(Entry root, List<Problem> notices) {
        EffectiveYaml body = new EffectiveYaml(notices);
        body.entries(root, "", "");
        EffectiveYaml head = new EffectiveYaml(List.of());
        head.out
                .append("# Fairlead, from ")
                .append(Quoted.of(root.source().file()))
                .append('\n');
        body.notices.values().forEach(rest -> rest.forEach(p -> head.comment("", p.toString())));
        return head.out.append(body.out).toString();
    }

    private void entries(Entry parent, String indent, String firstIndent) {
        Map<String, List<Entry>> groups = new LinkedHashMap<>();
        for (Entry entry : parent.entries()) {
            // Both are tried in one order, which two keys could not keep.
            String name = entry.name().equals("proxypassmatch") ? "proxypass" : entry.name();
            groups.computeIfAbsent(name, n -> new ArrayList<>()).add(entry);
        }
        String lead = firstIndent;
        for (Map.Entry<String, List<Entry>> group : groups.entrySet()) {
            group(parent, group.getKey(), group.getValue(), indent, lead);
            lead = indent;
        }
        if (groups.isEmpty() && !parent.name().isEmpty()) {
            out.append(firstIndent).append("{}\n");
        }
    }

    private void group(Entry parent, String name, List<Entry> entries, String indent, String lead) {
        boolean list = entries.size() > 1 || Schema.isRepeatable(parent.name(), name);
        boolean comments = lead.equals(indent);
        if (!list) {
            if (comments) {
                tell(entries.get(0), indent);
            }
            out.append(lead).append(name).append(':');
            single(name, entries.get(0), indent + "  ", "\n" + indent + "  ", " ");
            return;
        }
        out.append(lead).append(name).append(":\n");
        for (Entry entry : entries) {
            tell(entry, indent + "  ");
            out.append(indent).append("  -");
            single(name, entry, indent + "    ", " ", " ");
        }
    }

    private void single(String name, Entry entry, String indent, String beforeKeys, String beforeValue) {
        if (entry.entries().isEmpty()) {
            out.append(beforeValue).append(scalar(entry.value())).append('\n');
            return;
        }
        String lead = beforeKeys;
        if (entry.hasValue() && !entry.has("url")) {
            out.append(lead).append("url: ").append(scalar(entry.value())).append('\n');
            lead = indent;
        }
        entries(entry, indent, lead);
        if (name.equals("proxypass") && entry.name().equals("proxypassmatch")) {
            out.append(indent).append("regex: true\n");
        }
    }

    /** Puts what was noticed of an entry, or of one inside it that is in the same line, above it. */
    private void tell(Entry entry, String indent) {
        List<Problem> here = notices.getOrDefault(entry.source().toString(), new ArrayList<>());
        here.forEach(p -> comment(indent, p.text()));
        here.clear();
    }

    private void comment(String indent, String text) {
        out.append(indent)
                .append("# ")
                .append(text.replaceAll("[\\p{Cntrl}\u2028\u2029]", "?"))
                .append('\n');
    }

    private static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !TYPED.contains(text)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.replace("${", "$${").chars().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c >= 0x7f && c <= 0x9f || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                        quoted.append(String.format("\\u%04x", c));
                    } else {
                        quoted.append((char) c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
