package org.fairlead.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.model.Source;

/** The settings read so far of one balancer or lone member. Not thread-safe. */
final class BalancerDraft {
    private final String name;
    private final boolean lone;
    private Source source;
    private final Map<String, Entry> parameters = new LinkedHashMap<>();
    private final List<MemberDraft> members = new ArrayList<>();
    private final Map<String, List<MemberDraft>> byOrigin = new HashMap<>();
    private boolean declared;
    private boolean incomplete;

    private BalancerDraft(String name, boolean lone, Source source) {
        this.name = name;
        this.lone = lone;
        this.source = source;
    }

    static BalancerDraft balancer(String name, Source source) {
        return new BalancerDraft(name, false, source);
    }

    static BalancerDraft lone(MemberDraft member) {
        BalancerDraft draft = new BalancerDraft(member.name(), true, member.source());
        draft.add(member);
        draft.declared = true;
        return draft;
    }

    /** The name in the operator's lines, which need not be unique among virtual hosts. */
    String name() {
        return name;
    }

    boolean isLone() {
        return lone;
    }

    Source source() {
        return source;
    }

    Map<String, Entry> parameters() {
        return parameters;
    }

    List<MemberDraft> members() {
        return members;
    }

    void add(MemberDraft member) {
        members.add(member);
        byOrigin.computeIfAbsent(member.origin(), o -> new ArrayList<>(1)).add(member);
    }

    /** The members on that host and port, in the order of their lines. */
    List<MemberDraft> members(String origin) {
        return byOrigin.getOrDefault(origin, List.of());
    }

    void set(Entry parameter) {
        parameters.put(parameter.name(), parameter);
    }

    /** A section or member speaks of it; a route that leads to it does not make it exist. */
    void declare(Source where) {
        if (!declared) {
            source = where;
            declared = true;
        }
    }

    /** Serves from the main server's members instead of its own. */
    void takeMembers(List<MemberDraft> inherited) {
        members.clear();
        byOrigin.clear();
        inherited.forEach(this::add);
    }

    /** Marks that a member's line could not be read and was reported; consequences of that are not reported. */
    void missMember() {
        incomplete = true;
    }

    boolean isIncomplete() {
        return incomplete;
    }

    boolean isDeclared() {
        return declared;
    }
}
