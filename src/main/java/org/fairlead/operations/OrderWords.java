package org.fairlead.operations;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import org.fairlead.model.MemberConfig.StatusFlag;

/** The words of an order in the event log: {@code draining on, loadfactor 3}. */
final class OrderWords {
    private final StringJoiner words = new StringJoiner(", ");

    OrderWords flag(StatusFlag flag, boolean on) {
        words.add(flag.letter() + (on ? " on" : " off"));
        return this;
    }

    OrderWords value(String name, Optional<?> value) {
        value.ifPresent(text -> words.add(name + " " + (text.toString().isEmpty() ? "-" : text)));
        return this;
    }

    OrderWords number(String name, OptionalInt value) {
        return value(name, value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty());
    }

    @Override
    public String toString() {
        return words.toString();
    }
}
