package org.fairlead.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fairlead.http.Headers;

/**
 * The request's fields in which an untrusted peer makes claims about its client. Rules, expressions and logs read them
 * as received, as in httpd; a member never gets them. Immutable.
 */
public final class ClaimedFields {
    /** No claimed fields: the peer is a trusted proxy. */
    public static final ClaimedFields NONE = new ClaimedFields(false, List.of(), List.of());

    private final boolean usual;
    private final List<String> more;
    private final List<String> except;

    private ClaimedFields(boolean usual, List<String> more, List<String> except) {
        this.usual = usual;
        this.more = List.copyOf(more);
        this.except = List.copyOf(except);
    }

    /**
     * Every {@code X-Forwarded-*}, {@code Forwarded} and {@code X-Real-IP} (RFC 7239 8.1), and some more.
     *
     * @param more names of further fields; an empty one is none
     */
    public static ClaimedFields with(String... more) {
        List<String> names = new ArrayList<>(more.length);
        for (String name : more) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return new ClaimedFields(true, names, List.of());
    }

    /** The same without those that the operator's rules have set: their values are trusted. */
    public ClaimedFields without(List<String> names) {
        if (names.isEmpty() || !usual) {
            return this;
        }
        List<String> all = new ArrayList<>(except);
        all.addAll(names);
        return new ClaimedFields(true, more, all);
    }

    /** Whether a field of this name is only claimed; case does not count. */
    public boolean covers(String name) {
        return usual && (isUsual(name) || contains(more, name)) && !contains(except, name);
    }

    private static boolean isUsual(String name) {
        return name.regionMatches(true, 0, "X-Forwarded-", 0, 12)
                || name.equalsIgnoreCase("Forwarded")
                || name.equalsIgnoreCase("X-Real-IP");
    }

    private static boolean contains(List<String> names, String name) {
        for (String each : names) {
            if (each.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** Removes the claimed fields from a request's fields, and returns them. */
    public Headers takeFrom(Headers fields) {
        Headers taken = new Headers();
        for (int i = 0; usual && i < fields.size(); ) {
            if (covers(fields.name(i))) {
                taken.add(fields.name(i), fields.value(i));
                fields.removeAt(i);
            } else {
                i++;
            }
        }
        return taken;
    }

    /**
     * Whether two fields are one to a program that reads them as CGI variables ({@code HTTP_X_REAL_IP}), though their
     * names are written otherwise: {@code X_Real_IP} for {@code X-Real-IP} (RFC 3875 4.1.18).
     */
    public static boolean areOneInCgi(String name, String other) {
        if (name.length() != other.length() || name.equalsIgnoreCase(other)) {
            return false;
        }
        return cgi(name).equals(cgi(other));
    }

    /** Whether a CGI program reads a field of this name as one of those that we or trusted proxies set. */
    public static boolean looksUsual(String name) {
        return name.indexOf('_') >= 0 && isUsual(name.replace('_', '-'));
    }

    private static String cgi(String name) {
        return name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
