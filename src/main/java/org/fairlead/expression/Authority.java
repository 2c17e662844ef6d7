package org.fairlead.expression;

/**
 * {@code Host} taken apart.
 *
 * @param name empty if there is none; an IPv6 literal keeps its brackets, as in httpd
 * @param digits the port; empty if there is none
 */
public record Authority(String name, String digits) {
    /** @param host a {@code Host} field's value; may be empty */
    public static Authority of(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']')
                && host.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
        return port
                ? new Authority(Functions.lower(host.substring(0, colon)), host.substring(colon + 1))
                : new Authority(Functions.lower(host), "");
    }

    public String host(String otherwise) {
        return name.isEmpty() ? otherwise : name;
    }

    public String port(String otherwise) {
        return digits.isEmpty() ? otherwise : digits;
    }
}
