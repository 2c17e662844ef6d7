package org.fairlead.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The lines of mod_access_compat in one section. A section that has any of them replaces those of the sections before.
 *
 * @param orders {@code Order} lines; the last one for a method counts, {@code deny,allow} where there is none
 * @param allows what {@code Allow from} names, one for each word
 * @param denies what {@code Deny from} names
 * @param satisfies {@code Satisfy} lines; the last one for a method counts, {@code All} where there is none
 */
public record CompatAccessConfig(
        List<OrderLine> orders, List<Origin> allows, List<Origin> denies, List<SatisfyLine> satisfies) {
    public CompatAccessConfig {
        orders = List.copyOf(orders);
        allows = List.copyOf(allows);
        denies = List.copyOf(denies);
        satisfies = List.copyOf(satisfies);
    }

    /** {@code Order}: which list overrules the other, and the default for a client that neither list names. */
    public enum Order {
        /** A client is admitted unless denied; {@code Allow} overrules {@code Deny}. */
        DENY_ALLOW,
        /** A client is refused unless allowed; {@code Deny} overrules {@code Allow}. */
        ALLOW_DENY,
        /** A client is admitted if it is allowed and not denied. */
        MUTUAL_FAILURE
    }

    public record OrderLine(Order order, Methods methods) {}

    /** @param any whether the client's place or the client's name is enough, so that one of them opens */
    public record SatisfyLine(boolean any, Methods methods) {}

    /**
     * One word behind {@code from}.
     *
     * @param value an address or range, (part of) a host's name, or a variable's name; empty for {@link Kind#ALL}
     */
    public record Origin(Kind kind, String value, Methods methods, Source source) {
        /** A word that no file says. */
        public Origin(Kind kind, String value, Methods methods) {
            this(kind, value, methods, Source.NONE);
        }

        /** Two are equal when they say the same, wherever they stand. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Origin origin
                    && kind == origin.kind
                    && value.equals(origin.value)
                    && methods.equals(origin.methods);
        }

        @Override
        public int hashCode() {
            return Objects.hash(kind, value, methods);
        }
    }

    /** What a word names. */
    public enum Kind {
        ALL,
        IP,
        HOST,
        /** {@code env=NAME}: requests that have the variable. */
        ENV,
        /** {@code env=!NAME}: requests that lack it. */
        NO_ENV
    }

    /** The order that holds for a method. */
    public Order order(String method) {
        Order last = Order.DENY_ALLOW;
        for (OrderLine line : orders) {
            last = line.methods().contains(method) ? line.order() : last;
        }
        return last;
    }

    public boolean satisfiesAny(String method) {
        boolean last = false;
        for (SatisfyLine line : satisfies) {
            last = line.methods().contains(method) ? line.any() : last;
        }
        return last;
    }

    /** Whether there is anything but defaults, which admit all clients. */
    static Optional<CompatAccessConfig> of(CompatAccessConfig lines) {
        boolean empty =
                lines.orders.isEmpty() && lines.allows.isEmpty() && lines.denies.isEmpty() && lines.satisfies.isEmpty();
        return empty ? Optional.empty() : Optional.of(lines);
    }
}
