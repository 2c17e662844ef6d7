package org.fairlead.config;

import java.util.OptionalLong;

/** IPv4 networks as {@code NoProxy} writes them: {@code 192.168} or {@code 192.168.0.0/21}. */
final class Network {
    private Network() {}

    /** Whether the address, if it is one, lies in the network, if it is one. Names are never resolved. */
    static boolean contains(String network, String address) {
        int slash = network.indexOf('/');
        String start = slash < 0 ? network : network.substring(0, slash);
        OptionalLong from = number(start, true);
        OptionalLong number = number(address, false);
        if (from.isEmpty() || number.isEmpty()) {
            return false;
        }
        int bits = 8 * start.split("\\.").length;
        if (slash >= 0) {
            String written = network.substring(slash + 1);
            if (!written.matches("\\d{1,2}") || Integer.parseInt(written) > 32) {
                return false;
            }
            bits = Integer.parseInt(written);
        }
        long mask = bits == 0 ? 0 : 0xffff_ffffL << (32 - bits) & 0xffff_ffffL;
        return (from.getAsLong() & mask) == (number.getAsLong() & mask);
    }

    private static OptionalLong number(String dotted, boolean partial) {
        String octet = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
        if (!dotted.matches(octet + "(\\." + octet + "){" + (partial ? "0,3" : "3") + "}\\.?")) {
            return OptionalLong.empty();
        }
        long number = 0;
        String[] octets = dotted.split("\\.");
        for (int i = 0; i < 4; i++) {
            number = number << 8 | (i < octets.length ? Integer.parseInt(octets[i]) : 0);
        }
        return OptionalLong.of(number);
    }
}
