package org.fairlead.upstream;

import java.util.Locale;
import java.util.Set;

/** The fields allowed in a trailer section, either way (RFC 9110 6.5.1): none that frames, routes or authenticates. */
final class Trailers {
    private static final Set<String> FORBIDDEN_NAMES = Set.of(
            "content-length",
            "transfer-encoding",
            "trailer",
            "host",
            "connection",
            "keep-alive",
            "te",
            "upgrade",
            "proxy-connection",
            "content-type",
            "content-encoding",
            "content-range",
            "cache-control",
            "max-forwards",
            "authorization",
            "proxy-authorization",
            "proxy-authenticate",
            "www-authenticate",
            "set-cookie",
            "cookie",
            "expect",
            "range",
            "location",
            "age",
            "date",
            "expires",
            "vary",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-forwarded-port",
            "x-forwarded-server",
            "x-real-ip",
            "via",
            "proxy");

    private Trailers() {}

    static boolean mayPass(String name) {
        return FieldSyntax.isToken(name)
                && !FORBIDDEN_NAMES.contains(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
