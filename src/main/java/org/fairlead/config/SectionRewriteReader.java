package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairlead.model.RewriteRule;
import org.fairlead.model.RewriteRule.Flag;
import org.fairlead.model.SectionRewrite;

/**
 * Reads mod_rewrite's lines of a {@code <Location>}, as far as they mean the same here as in httpd. There a rule of a
 * section is matched against the member's URL or a file's name, which is never what an operator intends. So a rule is
 * accepted only if it matches any such text and captures nothing from it.
 */
final class SectionRewriteReader {
    /** Patterns that match every text that is not empty. */
    private static final Set<String> MATCH_ALL = Set.of(
            "^", "$", ".", ".*", ".+", "^.", "^.*", "^.+", "^.*$", "^.+$", ".*$", ".+$", ".?", "(.*)", "(.+)", "^(.*)",
            "^(.+)", "^(.*)$", "^(.+)$", "(.*)$", "(.+)$", "()", "^()");

    private static final Pattern OF_THE_SUBJECT =
            Pattern.compile("(?is).*((?<!\\\\)\\$\\d|%\\{(REQUEST_FILENAME|SCRIPT_FILENAME)\\}).*");
    private static final Pattern LOCATION = Pattern.compile("(?is)/.*|https?://.*");

    private final Problems problems;
    private final RewriteReader rules;

    SectionRewriteReader(Problems problems) {
        this.problems = problems;
        this.rules = new RewriteReader(problems);
    }

    /** What a section says itself. */
    SectionRewrite read(Entry section) {
        Optional<Boolean> on = Values.in(section, problems).flag("rewriteengine");
        List<Entry> lines = section.all("rewriterule");
        Optional<Entry> base = section.last("rewritebase");
        boolean said = on.isPresent()
                || base.isPresent()
                || !lines.isEmpty()
                || !section.all("rewriteoptions").isEmpty();
        if (!said) {
            return SectionRewrite.NONE;
        }
        List<RewriteRule> read = new ArrayList<>();
        for (Entry line : lines) {
            rule(line).ifPresent(read::add);
        }
        base.ifPresent(line -> checkBase(section, line, read));
        return new SectionRewrite(on, RewriteReader.options(section, problems).orElse(Set.of()), read, true);
    }

    private Optional<RewriteRule> rule(Entry line) {
        RewriteFlags flags = new RewriteFlags();
        boolean readable = !line.has("flags") || flags.read(line.text("flags")).isEmpty();
        Optional<String> wrong = readable ? reason(line, flags) : Optional.empty();
        if (wrong.isPresent()) {
            problems.badValue(line.source(), "RewriteRule", Quoted.of(line.text("pattern")), wrong.get());
            return Optional.empty();
        }
        return rules.read(line)
                .map(draft -> draft.rule().apply(Optional.empty()).matchingAll());
    }

    /** Why a rule cannot stand in a section; empty = it can. */
    private static Optional<String> reason(Entry line, RewriteFlags flags) {
        String where = "; or the rule in <VirtualHost>, where it sees the path";
        if (!MATCH_ALL.contains(line.text("pattern"))) {
            return Optional.of("^ or .* inside a section, where httpd tries rules on the member's URL"
                    + " (proxy:http://...), with the path in a RewriteCond %{REQUEST_URI}" + where);
        }
        if (flags.has(Flag.PROXY) || flags.has(Flag.PASS_THROUGH) || flags.has(Flag.NEXT)) {
            return Optional.of("no P, PT or N inside a section; ProxyPass in it leads to a member" + where);
        }
        if (texts(line, flags).anyMatch(text -> OF_THE_SUBJECT.matcher(text).matches())) {
            return Optional.of("no $1 and no %{REQUEST_FILENAME} inside a section, where they are of the member's URL;"
                    + " %{REQUEST_URI} is the path" + where);
        }
        String substitution = line.text("substitution");
        boolean redirects =
                flags.has(Flag.REDIRECT) && LOCATION.matcher(substitution).matches();
        if (!substitution.equals("-") && !flags.has(Flag.STATUS) && !redirects) {
            return Optional.of("'-', or a path or URL with the flag R, inside a section" + where);
        }
        return Optional.empty();
    }

    private static Stream<String> texts(Entry line, RewriteFlags flags) {
        List<String> texts = new ArrayList<>(flags.variables());
        texts.addAll(flags.cookies());
        texts.add(line.text("substitution"));
        for (Entry condition : line.all("rewritecond")) {
            texts.add(condition.text("test"));
            if (condition.text("test").equalsIgnoreCase("expr")) {
                texts.add(condition.text("pattern"));
            }
        }
        return texts.stream();
    }

    /** In httpd it takes the place of the section's path in the URLs that rules redirect to. */
    private void checkBase(Entry section, Entry line, List<RewriteRule> rules) {
        boolean redirects = rules.stream().anyMatch(rule -> rule.has(Flag.REDIRECT));
        String path = section.text("path");
        boolean same = line.value().strip().replaceAll("/+$", "").equals(path.replaceAll("/+$", ""));
        if (redirects && !same) {
            Values.bad(
                    problems,
                    line,
                    "the section's own path, or none where its rules redirect: write the whole URL there");
        } else {
            problems.noEffect(line.source(), "RewriteBase: changes nothing in this section, as in httpd");
        }
    }
}
