package org.fairlead.admin;

import java.time.Duration;
import java.util.Comparator;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.balancer.MemberStatus;
import org.fairlead.balancer.ProbeResult;
import org.fairlead.counters.FailureCount;
import org.fairlead.model.MemberConfig.StatusFlag;

/**
 * The administrative or the observed state of a member, as a word with an icon and a colour.
 *
 * @param icon the shape, a name of {@link ConsoleIcons}
 * @param kind the word without figures
 * @param word the text shown
 * @param level {@code good}, {@code warn}, {@code bad} or {@code idle}
 * @param detail why, and until when; may be empty
 */
record ConsoleState(String icon, String kind, String word, String level, String detail) {
    private static ConsoleState of(String icon, String word, String level, String detail) {
        return new ConsoleState(icon, word, word, level, detail);
    }

    /** The member's administrative state. */
    static ConsoleState order(MemberSnapshot member) {
        var flags = member.orders().flags();
        String also = flags.contains(StatusFlag.IGNORE_ERRORS) ? "ignores errors" : "";
        if (flags.contains(StatusFlag.STOPPED)) {
            return of("square", "Stopped", "idle", also);
        }
        if (flags.contains(StatusFlag.DISABLED)) {
            return of("square", "Disabled", "idle", also);
        }
        if (flags.contains(StatusFlag.DRAIN)) {
            return of("down", "Draining", "warn", also);
        }
        if (flags.contains(StatusFlag.STANDBY)) {
            return of("diamond", "Standby", "idle", also);
        }
        if (flags.contains(StatusFlag.SPARE)) {
            return of("diamond", "Spare", "idle", also);
        }
        return of("dot", "Enabled", "good", also);
    }

    /** The member's observed state. */
    static ConsoleState observed(MemberSnapshot member) {
        MemberStatus status = member.status();
        if (status.isProbeFailed()) {
            return of("cross", "Probe failed", "bad", probe(member));
        }
        if (status.isEjected()) {
            return of("cross", "Ejected", "bad", returning(member));
        }
        if (status.isInError()) {
            return of("cross", "Error", "bad", join(returning(member), lastFailure(member)));
        }
        int ordered = member.orders().loadFactorHundredths();
        if (status.isUsable() && member.load().weight() < ordered) {
            int percent = 100 * member.load().weight() / ordered;
            return new ConsoleState("part", "Warming", "Warming " + percent + " %", "warn", "slow start");
        }
        return of("check", "Up", "good", "");
    }

    /** Whether it is out although the operator wants it in. */
    static boolean isBroken(MemberSnapshot member) {
        MemberStatus status = member.status();
        return !status.isOutOfService() && (status.isProbeFailed() || status.isEjected() || status.isInError());
    }

    private static String returning(MemberSnapshot member) {
        return member.recovery()
                .dueIn()
                .map(due -> "again in " + roundedUp(due))
                .orElse("");
    }

    private static String roundedUp(Duration due) {
        return ConsoleText.span(due.plusMillis(999));
    }

    private static String lastFailure(MemberSnapshot member) {
        return member.traffic().failures().stream()
                .max(Comparator.comparing(FailureCount::lastAt))
                .map(FailureCount::lastText)
                .map(ConsoleState::plain)
                .orElse(member.change().cause());
    }

    private static String probe(MemberSnapshot member) {
        return member.probes()
                .last()
                .map(ProbeResult::detail)
                .map(ConsoleState::plain)
                .orElse("");
    }

    /** The message without a leading class name, which means nothing to an operator. */
    static String plain(String failure) {
        int end = failure.indexOf("Exception: ");
        boolean named = end > 0 && failure.lastIndexOf(' ', end) < 0;
        return named ? failure.substring(end + "Exception: ".length()) : failure;
    }

    private static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + ": " + second;
    }

    /** The tag of a table's cell. */
    String tag() {
        return "<span class=\"tag " + level + "\">" + ConsoleIcons.icon(icon) + Html.text(word) + "</span>"
                + (detail.isEmpty() ? "" : "<small>" + Html.text(detail) + "</small>");
    }
}
