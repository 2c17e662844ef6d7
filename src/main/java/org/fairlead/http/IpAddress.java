package org.fairlead.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * An IP address in full notation. Notations that parsers read differently (leading zeros, fewer than four parts,
 * hexadecimal, a zone) are refused, and no name is ever looked up. Immutable.
 */
public final class IpAddress {
    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads an address without brackets and port; empty if it is none. IPv4 in IPv6 counts as IPv4. */
    public static Optional<IpAddress> parse(String text) {
        return text.indexOf(':') < 0 ? ipv4(text).map(IpAddress::new) : ipv6(text);
    }

    /**
     * Normalises an address that a container reports: without brackets and zone, IPv6 in the form of RFC 5952. A text
     * that is no address stays unchanged.
     */
    public static String canonical(String told) {
        if (told.indexOf(':') < 0) {
            return told;
        }
        String bare = told.startsWith("[") && told.endsWith("]") ? told.substring(1, told.length() - 1) : told;
        int zone = bare.indexOf('%');
        return parse(zone < 0 ? bare : bare.substring(0, zone))
                .map(IpAddress::toString)
                .orElse(told);
    }

    private static Optional<byte[]> ipv4(String text) {
        byte[] address = new byte[4];
        int start = 0;
        for (int part = 0; part < 4; part++) {
            int end = part < 3 ? text.indexOf('.', start) : text.length();
            int octet = end < 0 ? -1 : octet(text, start, end);
            if (octet < 0) {
                return Optional.empty();
            }
            address[part] = (byte) octet;
            start = end + 1;
        }
        return Optional.of(address);
    }

    private static int octet(String text, int start, int end) {
        int length = end - start;
        if (length < 1 || length > 3 || length > 1 && text.charAt(start) == '0') {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = 10 * value + c - '0';
        }
        return value <= 255 ? value : -1;
    }

    private static Optional<IpAddress> ipv6(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ':' && c != '.' && (c > 127 || Character.digit(c, 16) < 0)) {
                return Optional.empty();
            }
        }
        boolean mixed = text.indexOf('.') >= 0;
        if (mixed && ipv4(text.substring(text.lastIndexOf(':') + 1)).isEmpty()) {
            return Optional.empty();
        }
        try {
            // With a colon in it the JDK reads a literal or refuses; it asks no resolver.
            return Optional.of(new IpAddress(InetAddress.getByName(text).getAddress()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether it may be an address of the public internet, by the ranges that mod_remoteip knows: not 10/8, 127/8,
     * 169.254/16, 172.16/12 and 192.168/16, and of IPv6 only 2000::/3.
     */
    public boolean isPublic() {
        if (bytes.length == 16) {
            return (bytes[0] & 0xe0) == 0x20;
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return first != 10
                && first != 127
                && !(first == 169 && second == 254)
                && !(first == 172 && (second & 0xf0) == 16)
                && !(first == 192 && second == 168);
    }

    /** The same address as the JDK has it, without a name and without a zone. */
    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }

    /** The address in its canonical text (RFC 5952). */
    @Override
    public String toString() {
        if (bytes.length == 4) {
            return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
        }
        int gap = longestGap();
        int length = gap < 0 ? 0 : gapAt(gap);
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (i > 0 && i != gap + length) {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    /** Where the longest run of at least two zero groups begins, the first of equals; −1 = there is none. */
    private int longestGap() {
        int longest = -1;
        for (int i = 0; i < 8; i += Math.max(1, gapAt(i))) {
            if (gapAt(i) >= 2 && (longest < 0 || gapAt(i) > gapAt(longest))) {
                longest = i;
            }
        }
        return longest;
    }

    private int gapAt(int start) {
        int end = start;
        while (end < 8 && group(end) == 0) {
            end++;
        }
        return end - start;
    }

    private int group(int i) {
        return (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
    }
}
