package org.fairlead.connector;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Set of the trailer fields of a request that Tomcat may show: all but those that frame, route, authenticate or steer a
 * message (RFC 9110 6.5.1). Tomcat expects a list of names; a proxy cannot know the names its members' clients use, so
 * this list contains every name that it does not know. Immutable.
 */
final class TrailerNames extends AbstractSet<String> {
    private static final Set<String> FORBIDDEN_NAMES = Set.of(
            "age",
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "date",
            "expect",
            "expires",
            "forwarded",
            "host",
            "keep-alive",
            "location",
            "max-forwards",
            "proxy",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary",
            "via",
            "www-authenticate",
            "x-real-ip");

    @Override
    public boolean contains(Object name) {
        String key = name.toString().strip().toLowerCase(Locale.ROOT).replace('_', '-');
        return !FORBIDDEN_NAMES.contains(key) && !key.startsWith("x-forwarded-") && !key.startsWith("if-");
    }

    /** Empty: the names that are allowed cannot be counted. */
    @Override
    public Iterator<String> iterator() {
        return Stream.<String>empty().iterator();
    }

    @Override
    public int size() {
        return 0;
    }
}
