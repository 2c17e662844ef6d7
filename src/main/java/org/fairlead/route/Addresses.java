package org.fairlead.route;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fairlead.http.IpAddress;

/** Host names and addresses as requests and {@code <VirtualHost>} name them, in one form. */
final class Addresses {
    private static final System.Logger LOG = System.getLogger(Addresses.class.getName());

    private Addresses() {}

    /** The literals that an address of a {@code <VirtualHost>} stands for; a name is looked up, as httpd does. */
    static List<String> literals(String address) {
        if (address.equals("*") || address.equals("0.0.0.0") || address.equals("::")) {
            return List.of("*");
        }
        if (address.indexOf(':') >= 0) {
            return List.of(IpAddress.canonical(address));
        }
        List<String> literals = new ArrayList<>();
        try {
            for (InetAddress found : InetAddress.getAllByName(address)) {
                literals.add(IpAddress.canonical(found.getHostAddress()));
            }
        } catch (UnknownHostException e) {
            LOG.log(Level.WARNING, "<VirtualHost {0}>: the name has no address, so the section serves nobody", address);
        }
        return literals;
    }

    /** The host of an authority in lower case, without port, brackets and a dot at its end. */
    static String hostName(String authority) {
        int end = authority.length();
        int start = 0;
        if (authority.startsWith("[")) {
            start = 1;
            int close = authority.indexOf(']');
            end = close < 0 ? end : close;
        } else {
            int colon = authority.lastIndexOf(':');
            end = colon < 0 ? end : colon;
        }
        if (end > start + 1 && authority.charAt(end - 1) == '.') {
            end--;
        }
        return authority.substring(start, end).toLowerCase(Locale.ROOT);
    }
}
