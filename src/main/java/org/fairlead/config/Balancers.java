package org.fairlead.config;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.Source;

/**
 * Gives every balancer and lone member of all servers a name of its own and makes its record. One name in two virtual
 * hosts means two balancers; one that the main server knows means the main server's, unless inheritance is off.
 */
final class Balancers {
    private final Problems problems;
    private final BalancerReader reader;
    private final Map<String, BalancerConfig> records = new LinkedHashMap<>();
    private final Map<BalancerDraft, String> names = new IdentityHashMap<>();
    private boolean verificationTold;

    Balancers(Problems problems) {
        this.problems = problems;
        this.reader = new BalancerReader(problems);
    }

    Map<String, BalancerConfig> records() {
        return records;
    }

    /** Adds those of one server; the main server comes first. */
    void add(Server server) {
        for (BalancerDraft draft : server.workers().all()) {
            if (draft.isLone()) {
                addLone(server, draft);
            } else {
                addBalancer(server, draft);
            }
        }
    }

    /** The key of the balancer that a route leads to; the name as written where there is none, which was reported. */
    String name(BalancerDraft draft) {
        return names.getOrDefault(draft, draft.name());
    }

    private void addLone(Server server, BalancerDraft draft) {
        MemberDraft member = draft.members().get(0);
        MemberConfig config = member(server, member, member.name(), true);
        String name = draft.name();
        for (int i = 1; records.containsKey(name) && !isSame(records.get(name), config); i++) {
            name = draft.name() + "@" + server.label() + (i == 1 ? "" : "#" + i);
        }
        names.put(draft, name);
        String key = name;
        records.computeIfAbsent(key, n -> reader.read(draft, n, List.of(config)));
    }

    /** Two lines that say the same of one URL mean one member, wherever they stand. */
    private static boolean isSame(BalancerConfig known, MemberConfig member) {
        return known.standalone()
                && known.members().get(0).withSource(Source.NONE).equals(member.withSource(Source.NONE));
    }

    private void addBalancer(Server server, BalancerDraft draft) {
        Optional<BalancerDraft> inherited = server.main()
                .filter(main -> server.inheritsBalancers())
                .flatMap(main -> main.workers().find(draft.name()))
                .filter(BalancerDraft::isDeclared);
        if (inherited.isPresent()) {
            inherit(server, draft, inherited.get());
            return;
        }
        if (!draft.isDeclared()) {
            problems.badValue(
                    draft.source(), "ProxyPass", "balancer://" + draft.name(), existing(server, draft.name()));
            return;
        }
        List<MemberConfig> members = members(server, draft);
        put(server, draft, members);
    }

    /** As httpd merges: the members are the main server's; parameters given here make a balancer of its own of them. */
    private void inherit(Server server, BalancerDraft draft, BalancerDraft main) {
        for (MemberDraft lost : draft.members()) {
            problems.difference(
                    lost.source(),
                    "BalancerMember '" + lost.name() + "' is not used, as in httpd: balancer://" + draft.name()
                            + " is inherited from the main server (" + main.source()
                            + "); BalancerInherit Off makes it this host's own");
        }
        if (draft.parameters().isEmpty()) {
            names.put(draft, name(main));
            return;
        }
        draft.takeMembers(main.members());
        main.parameters().forEach((key, entry) -> draft.parameters().putIfAbsent(key, entry));
        put(server, draft, members(server, draft));
    }

    private void put(Server server, BalancerDraft draft, List<MemberConfig> members) {
        String name = draft.name();
        for (int i = 1; records.containsKey(name); i++) {
            name = draft.name() + "@" + server.label() + (i == 1 ? "" : "#" + i);
        }
        names.put(draft, name);
        records.put(name, reader.read(draft, name, members));
    }

    private MemberConfig member(Server server, MemberDraft draft, String tlsScope, boolean lone) {
        MemberConfig member = server.members().read(draft, server.tls().read(tlsScope), lone);
        if (member.address().secure() && !verificationTold && !server.tls().saysVerify(tlsScope)) {
            verificationTold = true;
            problems.difference(
                    draft.source(),
                    "'" + draft.name() + "': certificates of https members are verified, which httpd does only after"
                            + " SSLProxyVerify require; SSLProxyCACertificateFile names whom to trust, SSLProxyVerify none"
                            + " trusts anybody");
        }
        return member;
    }

    private List<MemberConfig> members(Server server, BalancerDraft draft) {
        List<MemberConfig> members = new ArrayList<>();
        for (MemberDraft member : draft.members()) {
            members.add(member(server, member, "balancer://" + draft.name(), false));
        }
        return members;
    }

    private static String existing(Server server, String wanted) {
        List<String> known = new ArrayList<>();
        server.workers().all().stream()
                .filter(d -> !d.isLone() && d.isDeclared())
                .forEach(d -> known.add(d.name()));
        server.main()
                .filter(main -> server.inheritsBalancers())
                .ifPresent(main -> main.workers().all().stream()
                        .filter(d -> !d.isLone() && d.isDeclared())
                        .forEach(d -> known.add(d.name())));
        if (known.isEmpty()) {
            return "a balancer that exists: <Proxy balancer://" + wanted + "> with a BalancerMember, and there is none";
        }
        return DidYouMean.of(wanted, known)
                .map(name -> "balancer://" + name + "?")
                .orElse("a balancer that exists: balancer://" + String.join(", balancer://", known));
    }
}
