package org.fairlead.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairlead.model.Source;

/**
 * The balancers and lone members that the lines of one server speak of, filled in the order of the lines (httpd keeps
 * one such table for the main server and one for each virtual host). Not thread-safe.
 */
final class WorkerTable {
    private static final Pattern BALANCER = Pattern.compile("balancer://([^/$]*)(.*)", Pattern.CASE_INSENSITIVE);
    private final Problems problems;
    private final Map<String, BalancerDraft> balancers = new LinkedHashMap<>();
    private final Map<String, List<BalancerDraft>> lonesByOrigin = new HashMap<>();
    private final List<BalancerDraft> inOrder = new ArrayList<>();
    private final List<Entry> waiting = new ArrayList<>();

    WorkerTable(Problems problems) {
        this.problems = problems;
    }

    /** A balancer's URL, taken apart. */
    record BalancerUrl(String name, String path) {
        static Optional<BalancerUrl> of(String url) {
            Matcher m = BALANCER.matcher(url);
            return m.matches()
                    ? Optional.of(new BalancerUrl(m.group(1).toLowerCase(Locale.ROOT), m.group(2)))
                    : Optional.empty();
        }
    }

    /** Everything named so far, in the order in which it was named first. */
    List<BalancerDraft> all() {
        return inOrder;
    }

    Optional<BalancerDraft> find(String balancer) {
        return Optional.ofNullable(balancers.get(balancer));
    }

    Set<String> names() {
        return balancers.keySet();
    }

    private BalancerDraft balancer(String name, Source source) {
        return balancers.computeIfAbsent(name, n -> {
            BalancerDraft draft = BalancerDraft.balancer(n, source);
            inOrder.add(draft);
            return draft;
        });
    }

    /** Reads {@code <Proxy balancer://…>} or {@code <Proxy http://…>}; several for one balancer add up. */
    void section(Entry section) {
        String url = section.url();
        Optional<BalancerUrl> name = BalancerUrl.of(url);
        if (name.isPresent()) {
            if (name.get().name().isEmpty()) {
                Values.bad(problems, urlEntry(section), "balancer://NAME");
                return;
            }
            BalancerDraft draft = balancer(name.get().name(), section.source());
            draft.declare(section.source());
            section.all("balancermember").forEach(member -> addMember(draft, member));
            setBalancer(draft, section);
            return;
        }
        section.all("balancermember")
                .forEach(m -> problems.error(
                        m.source(), "BalancerMember '" + m.url() + "' (expected: inside <Proxy balancer://NAME>)"));
        if (parameters(section).isEmpty()) {
            return;
        }
        if (url.contains("*") || section.has("regex")) {
            problems.error(
                    section.source(),
                    "Proxy '" + url + "': parameters of members (expected: a section for one URL, without wildcards)");
            return;
        }
        lone(urlEntry(section)).ifPresent(draft -> setMember(draft.members().get(0), section));
    }

    /** Reads a {@code BalancerMember} outside any section, which names its balancer itself. */
    void member(Entry member) {
        Optional<BalancerUrl> name = BalancerUrl.of(member.text("balancer"));
        if (name.isEmpty() || name.get().name().isEmpty()) {
            problems.error(
                    member.source(),
                    "BalancerMember '" + member.url() + "' (expected: balancer://NAME before the URL, or a place inside"
                            + " <Proxy balancer://NAME>)");
            return;
        }
        BalancerDraft draft = balancer(name.get().name(), member.source());
        draft.declare(member.source());
        addMember(draft, member);
    }

    /**
     * Reads a {@code ProxySet} outside any section. In httpd it must come after the line that makes what it names;
     * native formats know no such order, so that it may also come before.
     */
    void set(Entry set) {
        if (!setKnown(set)) {
            waiting.add(set);
        }
    }

    /** Reads the lines that waited for what they name; to be called after the last line. */
    void finish() {
        for (Entry set : waiting) {
            if (!setKnown(set)) {
                problems.badValue(
                        set.source(),
                        set.spelling(),
                        Quoted.of(set.url()),
                        "the URL of a balancer or member that another line makes");
            }
        }
    }

    private boolean setKnown(Entry set) {
        Optional<BalancerUrl> name = BalancerUrl.of(set.url());
        if (name.isPresent()) {
            Optional<BalancerDraft> draft = find(name.get().name());
            draft.ifPresent(known -> setBalancer(known, set));
            return draft.isPresent();
        }
        Optional<MemberUrl> url = parse(urlEntry(set), false);
        Optional<BalancerDraft> draft = url.flatMap(this::sharing);
        draft.ifPresent(known -> setMember(known.members().get(0), set));
        return url.isEmpty() || draft.isPresent();
    }

    private void addMember(BalancerDraft draft, Entry member) {
        Optional<MemberUrl> url = parse(urlEntry(member), false);
        if (url.isEmpty()) {
            draft.missMember();
            return;
        }
        MemberDraft added = new MemberDraft(url.get(), member.source());
        for (MemberDraft earlier : draft.members(added.origin())) {
            if (earlier.name().equals(added.name())) {
                problems.error(
                        member.source(),
                        "BalancerMember '" + added.name() + "': a member of balancer://" + draft.name()
                                + " already, in " + earlier.source() + " (expected: each URL once)");
                return;
            }
            if (earlier.shares(url.get())) {
                problems.difference(
                        member.source(),
                        "BalancerMember '" + added.name() + "' is no member of its own, as in httpd: '" + earlier.name()
                                + "' in " + earlier.source() + " starts alike and serves for it");
                return;
            }
        }
        draft.add(added);
        setMember(added, member);
        if (url.get().path().endsWith("/")) {
            problems.difference(
                    member.source(),
                    "BalancerMember '" + Quoted.of(member.url()) + "' counts as '" + added.name()
                            + "'; httpd would put two slashes after it");
        }
    }

    /**
     * Returns the balancer that a {@code ProxyPass} leads to. Parameters on the line are a balancer's or a lone
     * member's; those for a member that an earlier line made are ignored, as in httpd, and that is reported.
     */
    BalancerDraft route(Entry pass, BalancerUrl url) {
        BalancerDraft draft = balancer(url.name(), pass.source());
        setBalancer(draft, pass);
        return draft;
    }

    /** The same for a member that a route names directly; its URL was read by {@link #parse}. */
    BalancerDraft route(Entry pass, MemberUrl url, boolean expression) {
        Optional<BalancerDraft> shared = expression ? Optional.empty() : sharing(url);
        if (shared.isEmpty()) {
            BalancerDraft draft = addLone(expression ? withoutPath(url) : url, pass.source());
            setMember(draft.members().get(0), pass);
            return draft;
        }
        MemberDraft member = shared.get().members().get(0);
        for (Entry parameter : parameters(pass)) {
            problems.difference(
                    parameter.source(),
                    parameter.spelling() + " '" + parameter.value() + "' is ignored, as in httpd: the member '"
                            + member.name() + "' in " + member.source() + " serves for this line too");
        }
        return shared.get();
    }

    /** The same for a rule with {@code P}: a known member with the same prefix is used, else one for its whole host. */
    BalancerDraft rewriting(Entry rule, MemberUrl origin, String path) {
        return sharing(new MemberUrl(origin.scheme(), origin.address(), path))
                .filter(known -> isWholeSegment(known.members().get(0).url().basePath(), path))
                .orElseGet(() -> addLone(origin, rule.source()));
    }

    private static boolean isWholeSegment(String base, String path) {
        return path.startsWith(base) && (path.length() == base.length() || path.charAt(base.length()) == '/');
    }

    private static MemberUrl withoutPath(MemberUrl url) {
        return new MemberUrl(url.scheme(), url.address(), "");
    }

    private Optional<BalancerDraft> lone(Entry urlEntry) {
        return parse(urlEntry, false).map(url -> sharing(url).orElseGet(() -> addLone(url, urlEntry.source())));
    }

    private BalancerDraft addLone(MemberUrl url, Source source) {
        BalancerDraft draft = BalancerDraft.lone(new MemberDraft(url, source));
        lonesByOrigin.computeIfAbsent(url.origin(), o -> new ArrayList<>(1)).add(draft);
        inOrder.add(draft);
        return draft;
    }

    /** The lone member whose URL is the longest leading substring, as httpd looks for it. */
    private Optional<BalancerDraft> sharing(MemberUrl url) {
        return lonesByOrigin.getOrDefault(url.origin(), List.of()).stream()
                .filter(draft -> draft.members().get(0).shares(url))
                .reduce((a, b) -> length(b) > length(a) ? b : a);
    }

    private static int length(BalancerDraft draft) {
        return draft.members().get(0).url().path().length();
    }

    Optional<MemberUrl> parse(Entry entry, boolean expression) {
        try {
            return Optional.of(MemberUrl.parse(entry.value(), expression));
        } catch (IllegalArgumentException e) {
            problems.badValue(entry.source(), subject(entry), shown(entry.value()), e.getMessage());
            return Optional.empty();
        }
    }

    /** Quotes a URL without the credentials that it may contain. */
    private static String shown(String url) {
        return Quoted.of(url.replaceFirst("//[^/?#]*@", "//…@"));
    }

    /** The line's own word rather than {@code url}, since that is what stands in httpd's syntax. */
    private static String subject(Entry entry) {
        return entry.name().equals("url") ? entry.parentSpelling() : entry.spelling();
    }

    private static Entry urlEntry(Entry parent) {
        return parent.last("url").orElse(parent);
    }

    private static List<Entry> parameters(Entry line) {
        return line.entries().stream()
                .filter(e ->
                        Schema.MEMBER_PARAMETERS.contains(e.name()) || Schema.BALANCER_PARAMETERS.contains(e.name()))
                .toList();
    }

    private void setBalancer(BalancerDraft draft, Entry line) {
        for (Entry parameter : parameters(line)) {
            if (Schema.BALANCER_PARAMETERS.contains(parameter.name())) {
                draft.set(parameter);
            } else {
                Values.bad(problems, parameter, "a parameter of a balancer; this one is for a BalancerMember");
            }
        }
    }

    private void setMember(MemberDraft draft, Entry line) {
        for (Entry parameter : parameters(line)) {
            if (Schema.MEMBER_PARAMETERS.contains(parameter.name())) {
                draft.set(parameter);
            } else {
                Values.bad(problems, parameter, "a parameter of a member; this one is for a balancer");
            }
        }
    }
}
