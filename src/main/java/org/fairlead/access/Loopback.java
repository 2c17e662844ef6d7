package org.fairlead.access;

import java.util.List;
import org.fairlead.expression.Subnet;

/** The addresses of this machine to itself. */
final class Loopback {
    private static final List<Subnet> RANGES = List.of(
            Subnet.parse("127.0.0.0/8").orElseThrow(), Subnet.parse("::1").orElseThrow());

    private Loopback() {}

    static boolean contains(String address) {
        return RANGES.stream().anyMatch(range -> range.contains(address));
    }
}
