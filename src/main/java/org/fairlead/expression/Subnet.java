package org.fairlead.expression;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A range of addresses as httpd's {@code -ipmatch} and {@code Require ip} write it: an address, the first parts of an
 * IPv4 address ({@code 10.1}), or either with a mask ({@code 10.0.0.0/8}, {@code 10.0.0.0/255.0.0.0},
 * {@code 2001:db8::/32}). Immutable. No name is ever looked up.
 */
public final class Subnet {
    private final byte[] network;
    private final byte[] mask;

    private Subnet(byte[] network, byte[] mask) {
        this.network = network;
        this.mask = mask;
        for (int i = 0; i < network.length; i++) {
            network[i] &= mask[i];
        }
    }

    /** Reads a range; empty if the text is none. */
    public static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            Optional<Subnet> partial = partial(text);
            return partial.isPresent()
                    ? partial
                    : address(text).map(a -> new Subnet(a, prefix(a.length, a.length * 8)));
        }
        return address(text.substring(0, slash))
                .flatMap(a -> mask(text.substring(slash + 1), a.length).map(m -> new Subnet(a, m)));
    }

    /** One to three numbers with or without a dot behind them: a network of so many octets. */
    private static Optional<Subnet> partial(String text) {
        String digits = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        String[] parts = digits.split("\\.", -1);
        if (parts.length > 3) {
            return Optional.empty();
        }
        byte[] network = new byte[4];
        for (int i = 0; i < parts.length; i++) {
            int octet = octet(parts[i]);
            if (octet < 0) {
                return Optional.empty();
            }
            network[i] = (byte) octet;
        }
        return Optional.of(new Subnet(network, prefix(4, parts.length * 8)));
    }

    private static Optional<byte[]> mask(String text, int length) {
        if (!text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int bits = Integer.parseInt(text);
            return bits <= length * 8 ? Optional.of(prefix(length, bits)) : Optional.empty();
        }
        return length == 4 ? ipv4(text) : Optional.empty();
    }

    private static byte[] prefix(int length, int bits) {
        byte[] mask = new byte[length];
        for (int i = 0; i < bits; i++) {
            mask[i / 8] |= (byte) (0x80 >> (i % 8));
        }
        return mask;
    }

    /** Whether the literal address lies in this range; false for what is no address. IPv4 in IPv6 counts as IPv4. */
    public boolean contains(String address) {
        return address(address).filter(this::contains).isPresent();
    }

    private boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int i = 0; i < network.length; i++) {
            if ((address[i] & mask[i]) != network[i]) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of a literal address, 4 or 16; empty for anything else, a name among it. */
    static Optional<byte[]> address(String text) {
        if (text.indexOf(':') < 0) {
            return ipv4(text);
        }
        int zone = text.indexOf('%');
        String literal = zone < 0 ? text : text.substring(0, zone);
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c != ':' && c != '.' && Character.digit(c, 16) < 0 || c > 127) {
                return Optional.empty();
            }
        }
        try {
            // With a colon in it the JDK reads a literal or refuses; it asks no resolver.
            return Optional.of(InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            int octet = octet(parts[i]);
            if (octet < 0) {
                return Optional.empty();
            }
            address[i] = (byte) octet;
        }
        return Optional.of(address);
    }

    private static int octet(String digits) {
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int value = Integer.parseInt(digits);
        return value <= 255 ? value : -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Subnet subnet
                && Arrays.equals(network, subnet.network)
                && Arrays.equals(mask, subnet.mask);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + Arrays.hashCode(mask);
    }
}
