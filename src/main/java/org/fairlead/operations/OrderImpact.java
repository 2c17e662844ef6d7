package org.fairlead.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.fairlead.balancer.AdminState;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.model.MemberConfig.StatusFlag;

/**
 * The impact of an order on new requests of a balancer, computed before it is given to {@link OperatorOrders}. Console,
 * API and beans refuse an order that {@linkplain #takesLast takes the last member} unless it is forced; httpd's manager
 * has no such rule.
 *
 * @param balancer as it was when the order was made
 * @param chosen the members that the order changes
 * @param change what it changes of each; a removal counts as {@link #REMOVAL}
 */
public record OrderImpact(BalancerSnapshot balancer, Predicate<MemberSnapshot> chosen, MemberChange change) {
    /** A member that is removed takes no new requests, as a stopped one. */
    public static final MemberChange REMOVAL = MemberChange.flag(StatusFlag.STOPPED, true);

    private static final Set<StatusFlag> OUT = Set.of(StatusFlag.DRAIN, StatusFlag.DISABLED, StatusFlag.STOPPED);

    /** Whether a member takes new requests now; standby members and spares do when they are needed. */
    public static boolean takesNew(MemberSnapshot member) {
        return takesNew(member, member.orders());
    }

    /** An order changes what is wanted of a member; what was observed of it stays. */
    private static boolean takesNew(MemberSnapshot member, AdminState orders) {
        boolean broken = member.status().isInError()
                || member.status().isProbeFailed()
                || member.status().isEjected();
        return !broken && orders.flags().stream().noneMatch(OUT::contains);
    }

    private AdminState after(MemberSnapshot member) {
        return chosen.test(member) ? change.appliedTo(member.orders()) : member.orders();
    }

    /** Returns how many members take new requests afterwards. */
    public long remaining() {
        return balancer.members().stream()
                .filter(member -> takesNew(member, after(member)))
                .count();
    }

    /** Whether no member takes new requests afterwards, while one does now. */
    public boolean takesLast() {
        return balancer.members().stream().anyMatch(OrderImpact::takesNew) && remaining() == 0;
    }

    /** Returns the share of new requests of each member afterwards by its load factor, in percent, by id. */
    public Map<String, Double> shares() {
        Map<String, Long> weights = new LinkedHashMap<>();
        for (MemberSnapshot member : balancer.members()) {
            AdminState after = after(member);
            boolean reserve =
                    after.flags().contains(StatusFlag.STANDBY) || after.flags().contains(StatusFlag.SPARE);
            weights.put(member.id(), takesNew(member, after) && !reserve ? (long) after.loadFactorHundredths() : 0L);
        }
        long sum =
                Math.max(1, weights.values().stream().mapToLong(Long::longValue).sum());
        Map<String, Double> percents = new LinkedHashMap<>();
        weights.forEach((member, weight) -> percents.put(member, Math.round(weight * 1000.0 / sum) / 10.0));
        return percents;
    }
}
