package org.fairlead.balancer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.MemberConfig.StatusFlag;

/**
 * A dry run of one selection on copies of the members: the real rule runs, and no live state changes. Used under the
 * balancer's lock, by one thread, for one selection.
 */
final class SelectionRehearsal {
    private final BalancerConfig config;
    private final List<Member> members;
    private final List<Member> copies;
    private final List<Member> triedCopies;
    private final MemberSelection election;
    private final long now;

    /**
     * @param method the balancer's, prepared for a dry run
     * @param members the live members, in configuration order
     * @param tried those of them that a request was sent to before
     */
    SelectionRehearsal(BalancerConfig config, LbMethod method, List<Member> members, List<Member> tried, long now) {
        this.config = config;
        this.members = members;
        this.now = now;
        this.copies = members.stream().map(Member::copy).toList();
        this.triedCopies = tried.stream()
                .filter(members::contains)
                .map(member -> copies.get(members.indexOf(member)))
                .toList();
        WaitQueue room = new WaitQueue(config.name());
        this.election = new MemberSelection(
                config, method, MemberSet.ofCopies(config, copies, room, () -> now), room, () -> now);
    }

    SelectionPreview run(Affinity wish) {
        // In this order, as the selection brings members back while it runs.
        election.forceRecovery(copies, now);
        boolean panic = election.isPanic(copies);
        Selection outcome = election.hold(wish, triedCopies);
        Optional<Member> chosen =
                outcome instanceof Selection.Selected elected ? Optional.of(elected.member()) : Optional.empty();
        Candidates among = Candidates.among(copies, triedCopies, now, panic);
        boolean bySession = chosen.isPresent() && isBySession(wish, chosen.get(), panic);
        List<SelectionPreview.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < copies.size(); i++) {
            boolean isChosen = chosen.isPresent() && chosen.get() == copies.get(i);
            candidates.add(
                    candidate(members.get(i), copies.get(i), among, why(copies.get(i), isChosen, bySession, among)));
        }
        return new SelectionPreview(
                candidates,
                chosen.map(copy -> members.get(copies.indexOf(copy))),
                outcome instanceof Selection.Selected selected && selected.routeChanged(),
                said(outcome, wish, bySession, panic));
    }

    private boolean isBySession(Affinity wish, Member chosen, boolean panic) {
        SessionMember search = new SessionMember(copies, triedCopies, now, panic);
        return wish.route().flatMap(search::find).filter(own -> own == chosen).isPresent();
    }

    private static SelectionPreview.Candidate candidate(Member member, Member copy, Candidates among, String why) {
        long total = among.members().stream().mapToLong(Member::weight).sum();
        int share = among.members().contains(copy) && total > 0 ? (int) Math.round(copy.weight() * 100.0 / total) : 0;
        return new SelectionPreview.Candidate(
                member,
                order(member.orders()),
                state(copy.status()),
                copy.status().isUsable(),
                copy.weight(),
                share,
                member.busy(),
                why);
    }

    private String said(Selection outcome, Affinity wish, boolean bySession, boolean panic) {
        if (outcome instanceof Selection.NoneAvailable nobody) {
            return nobody.reason();
        }
        if (outcome instanceof Selection.AtCapacity full) {
            return full.own()
                    ? "the session's member is at its max; the request would wait for a place"
                    : "every member that could serve is at its max; the request would wait for a place";
        }
        String why = panic ? "fewer members are usable than panicthreshold asks for, so failures do not count; " : "";
        if (bySession) {
            return why + "chosen by the session's route '" + wish.route().orElse("") + "'";
        }
        String lost = wish.route()
                .map(route -> "no member can serve the session's route '" + route + "'; ")
                .orElse("");
        return why + lost + "chosen by lbmethod=" + method();
    }

    private String method() {
        return config.method().name().toLowerCase(Locale.ROOT);
    }

    private String why(Member copy, boolean chosen, boolean bySession, Candidates among) {
        if (chosen) {
            return bySession ? "chosen: the session is its own" : "chosen by lbmethod=" + method();
        }
        MemberStatus status = copy.status();
        if (triedCopies.contains(copy)) {
            return "this request was at it already";
        } else if (status.isOutOfService()) {
            return status.isStopped() ? "stopped by the operator (S)" : "disabled by the operator (D)";
        } else if (status.isProbeFailed() && !among.members().contains(copy)) {
            return "its health check failed (C); only one that passes brings it back";
        } else if (!status.isUsable() && !among.members().contains(copy)) {
            return (status.isInError() ? "in error (E)" : "ejected") + due(copy);
        } else if (status.isDraining()) {
            return "draining (N): it serves sessions of its own only";
        } else if (bySession) {
            return "the session is another member's";
        } else if (among.members().contains(copy)) {
            return "a candidate; lbmethod=" + method() + " prefers another one now";
        } else if (among.full().contains(copy) || copy.isFull()) {
            return "at its max of " + copy.config().pool().max().orElse(0) + " requests";
        } else if (copy.orders().lbset() > lowestLbset(among)) {
            return "lbset " + copy.orders().lbset() + " is asked when no member of a lower lbset can serve";
        } else if (status.isSpare()) {
            return "spare (R): it stands in for a normal member that cannot serve, and none is missing";
        }
        return "standby (H): it serves when no other member of its lbset can";
    }

    private static int lowestLbset(Candidates among) {
        return among.members().stream()
                .mapToInt(member -> member.orders().lbset())
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    private String due(Member copy) {
        long due = copy.state().dueAt(now);
        if (due == Long.MAX_VALUE) {
            return "";
        }
        return ", to be tried again in " + Math.max(1, TimeUnit.NANOSECONDS.toSeconds(due - now)) + " s";
    }

    private static String order(AdminState orders) {
        List<String> words = new ArrayList<>();
        word(words, orders, StatusFlag.DRAIN, "draining");
        word(words, orders, StatusFlag.DISABLED, "disabled");
        word(words, orders, StatusFlag.STOPPED, "stopped");
        word(words, orders, StatusFlag.STANDBY, "standby");
        word(words, orders, StatusFlag.SPARE, "spare");
        word(words, orders, StatusFlag.IGNORE_ERRORS, "ignore errors");
        return words.isEmpty() ? "enabled" : String.join(", ", words);
    }

    private static void word(List<String> words, AdminState orders, StatusFlag flag, String word) {
        if (orders.flags().contains(flag)) {
            words.add(word);
        }
    }

    private static String state(MemberStatus status) {
        List<String> words = new ArrayList<>();
        if (status.isInError()) {
            words.add("in error");
        }
        if (status.isProbeFailed()) {
            words.add("probe failed");
        }
        if (status.isEjected()) {
            words.add("ejected");
        }
        return words.isEmpty() ? "ok" : String.join(", ", words);
    }
}
