package org.fairlead.admin;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.http.LogText;
import org.fairlead.operations.ServerSnapshot;

/** Finds balancers and members by their names in a path. */
final class ApiTargets {
    private ApiTargets() {}

    /** A member and its balancer. */
    record Target(BalancerSnapshot balancer, MemberSnapshot member) {
        String object() {
            return "balancer://" + balancer.name() + " " + member.id();
        }
    }

    /**
     * Returns the balancer of this name; a lone member's is its URL, or the host and port in it.
     *
     * @throws Problem 404 if there is none, 409 if several lone members are there
     */
    static BalancerSnapshot balancer(ServerSnapshot seen, String name) throws Problem {
        return first(
                "balancer",
                name,
                Stream.of(
                        matching(seen.balancers(), one -> one.name().equals(name)),
                        matching(
                                seen.balancers(),
                                one -> one.config().standalone()
                                        && one.members().stream().anyMatch(member -> authority(member, name)))));
    }

    /**
     * Returns the member: by its id, its name, its host and port, or its route, in this order.
     *
     * @throws Problem 404 if there is none, 409 if the word fits several
     */
    static MemberSnapshot member(BalancerSnapshot balancer, String word) throws Problem {
        List<MemberSnapshot> all = balancer.members();
        return first(
                "member of balancer " + balancer.name(),
                word,
                Stream.of(
                        matching(all, one -> one.id().equals(word)),
                        matching(all, one -> one.name().equals(word)),
                        matching(all, one -> authority(one, word)),
                        matching(
                                all,
                                one -> !word.isEmpty() && one.orders().route().equals(word))));
    }

    private static boolean authority(MemberSnapshot member, String word) {
        return member.config().address().authority().equalsIgnoreCase(word);
    }

    private static <T> List<T> matching(List<T> all, Predicate<T> rule) {
        return all.stream().filter(rule).toList();
    }

    private static <T> T first(String what, String word, Stream<List<T>> findings) throws Problem {
        List<T> found = findings.filter(some -> !some.isEmpty()).findFirst().orElse(List.of());
        if (found.isEmpty()) {
            throw new Problem(404, "no " + what + " '" + LogText.clean(word, 200) + "'");
        }
        if (found.size() > 1) {
            throw new Problem(409, "several are called " + what + " '" + LogText.clean(word, 200) + "': use the id");
        }
        return found.get(0);
    }
}
