package org.fairlead.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.operations.CertificateSnapshot;
import org.fairlead.operations.ServerSnapshot;

/** Problems and unusual states of the running proxy: the banner of the console. */
record ConsoleProblems(ServerSnapshot seen) {
    /** Certificates that expire sooner are reported. */
    static final Duration CERTIFICATE_WARNING = Duration.ofDays(14);

    private static final int MAX_SHOWN = 12;

    /** @param level {@code bad}, {@code warn} or {@code idle}; @param html what is wrong */
    record Problem(String level, String html) {
        private int rank() {
            return switch (level) {
                case "bad" -> 0;
                case "warn" -> 1;
                default -> 2;
            };
        }
    }

    /** Returns the worst first. */
    List<Problem> all() {
        List<Problem> found = new ArrayList<>();
        reload(found);
        seen.balancers().forEach(balancer -> balancer(found, balancer));
        seen.certificates().forEach(certificate -> certificate(found, certificate));
        workers(found);
        if (!seen.leaving().isEmpty()) {
            found.add(new Problem(
                    "idle",
                    ConsoleText.plural(seen.leaving().size(), "removed member") + " still finishing or just gone"));
        }
        found.sort(Comparator.comparing(Problem::rank));
        return found;
    }

    private void reload(List<Problem> found) {
        if (!seen.reload().successful()) {
            String first = seen.reload().problems().stream().findFirst().orElse("no reason was given");
            int more = seen.reload().problems().size() - 1;
            found.add(new Problem(
                    "bad",
                    "The last reload was refused "
                            + ConsoleText.ago(
                                    seen.reload().lastAttempt(), seen.process().now())
                            + "; the configuration before it goes on. " + Html.text(first)
                            + (more > 0 ? " (and " + more + " more)" : "")));
        }
    }

    private void balancer(List<Problem> found, BalancerSnapshot balancer) {
        String name = "<a href=\"" + ConsolePage.link(balancer.name()) + "\">"
                + Html.text(ConsoleText.balancer(balancer.name())) + "</a>";
        if (balancer.usable() == 0) {
            found.add(new Problem("bad", name + " has no usable member: its requests are answered 503"));
        }
        for (MemberSnapshot member : balancer.members()) {
            String of = "<a href=\"" + ConsolePage.link(balancer.name(), member.id()) + "\">"
                    + Html.text(member.id()) + "</a>"
                    + (balancer.config().standalone() ? "" : " of " + name);
            if (ConsoleState.isBroken(member)) {
                ConsoleState state = ConsoleState.observed(member);
                found.add(new Problem("bad", of + " is out: " + Html.text(state.word()) + detail(state)));
            } else if (member.status().isOutOfService()) {
                found.add(new Problem("idle", of + " is out by order: " + order(member)));
            } else if (member.status().isDraining()) {
                found.add(new Problem(
                        "warn",
                        of + " is draining: " + ConsoleText.plural(member.load().busy(), "request") + " in flight"));
            }
        }
        if (balancer.queue().waiting() > 0) {
            found.add(new Problem(
                    "warn", name + ": " + ConsoleText.plural(balancer.queue().waiting(), "request") + " in the queue"));
        }
    }

    private static String order(MemberSnapshot member) {
        String reason = member.origin().reason();
        return Html.text(ConsoleState.order(member).word() + (reason.isEmpty() ? "" : ", “" + reason + "”"));
    }

    private static String detail(ConsoleState state) {
        return state.detail().isEmpty() ? "" : " – " + Html.text(state.detail());
    }

    private void certificate(List<Problem> found, CertificateSnapshot certificate) {
        Duration left = Duration.between(seen.process().now(), certificate.notAfter());
        String name = "The certificate of "
                + Html.text(certificate.host().isEmpty() ? certificate.subject() : certificate.host());
        String where = " (" + Html.text(certificate.source().toString()) + ")";
        if (left.isNegative()) {
            found.add(new Problem(
                    "bad",
                    name + " ended "
                            + ConsoleText.ago(
                                    certificate.notAfter(), seen.process().now())
                            + where));
        } else if (left.compareTo(CERTIFICATE_WARNING) < 0) {
            found.add(new Problem("warn", name + " ends in " + ConsoleText.span(left) + where));
        }
    }

    private void workers(List<Problem> found) {
        int limit = seen.workers().limit();
        if (limit > 0 && seen.workers().active() * 5 > limit * 4L) {
            found.add(new Problem(
                    "warn",
                    seen.workers().active() + " of " + limit + " requests at once (MaxRequestWorkers) are under way"));
        }
    }

    /** Returns the level of the worst problem; {@code good} where there is none. */
    static String level(List<Problem> problems) {
        String worst = problems.stream().findFirst().map(Problem::level).orElse("good");
        return worst.equals("idle") ? "good" : worst;
    }

    /** The banner in one line, without figures that change all the time. */
    static String summary(List<Problem> problems) {
        long bad = problems.stream().filter(one -> one.level().equals("bad")).count();
        long warn = problems.stream().filter(one -> one.level().equals("warn")).count();
        if (bad > 0) {
            return ConsoleText.plural(bad, "thing") + " wrong" + (warn > 0 ? ", " + warn + " to watch" : "");
        }
        return warn > 0 ? "All in service, " + ConsoleText.plural(warn, "thing") + " to watch" : "All is well";
    }

    static String banner(List<Problem> problems) {
        String level = level(problems);
        StringBuilder out = new StringBuilder("<section class=\"banner " + level + "\" aria-label=\"State\"><p class=\""
                + level + "\">" + ConsoleIcons.icon(icon(level)) + summary(problems) + "</p>");
        if (!problems.isEmpty()) {
            out.append("<ul>");
            problems.stream()
                    .limit(MAX_SHOWN)
                    .forEach(problem -> out.append("<li><span class=\"")
                            .append(problem.level())
                            .append("\">")
                            .append(ConsoleIcons.icon(icon(problem.level())))
                            .append("</span>")
                            .append(problem.html())
                            .append("</li>"));
            if (problems.size() > MAX_SHOWN) {
                out.append("<li>and " + (problems.size() - MAX_SHOWN) + " more</li>");
            }
            out.append("</ul>");
        }
        return out.append("</section>\n").toString();
    }

    private static String icon(String level) {
        return switch (level) {
            case "bad" -> "cross";
            case "warn" -> "warn";
            case "good" -> "check";
            default -> "info";
        };
    }
}
