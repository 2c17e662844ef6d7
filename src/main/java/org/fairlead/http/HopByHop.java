package org.fairlead.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Hop-by-hop fields, which are for one connection only and never forwarded (RFC 9110 7.6.1). To be called before any
 * field of our own is added, so that a peer's {@code Connection} cannot name ours (CVE-2022-31813).
 *
 * <p>Every field that the peer names is removed, with two exceptions. Naming {@code Host}, {@code Content-Length} or
 * {@code Transfer-Encoding} must not change where a message goes or ends; {@code Via} and {@code Max-Forwards} end
 * loops.
 */
public final class HopByHop {
    private HopByHop() {}

    /**
     * Removes them from a request, {@code Proxy} with them, which CGI programs take for their proxy (CVE-2016-5387).
     * {@code Proxy-Authorization} stays, as in httpd, since only the member can tell whether it is meant for it.
     *
     * @throws RefusedException 400 if {@code Connection} is no list of tokens
     */
    public static void stripRequest(Headers headers) throws RefusedException {
        strip(headers, true, 400);
    }

    /**
     * Removes them from a response, {@code Proxy-Authenticate} included.
     *
     * @throws RefusedException 502 if {@code Connection} is no list of tokens: the response cannot be trusted
     */
    public static void stripResponse(Headers headers) throws RefusedException {
        strip(headers, false, 502);
    }

    private static void strip(Headers headers, boolean request, int status) throws RefusedException {
        List<String> named = named(headers, status);
        for (int i = headers.size() - 1; i >= 0; i--) {
            String name = headers.name(i);
            if (isHopByHop(name, request) || !named.isEmpty() && isNamed(named, name)) {
                headers.removeAt(i);
            }
        }
    }

    /** The fields that the {@code Connection} lines name, without the two options that name no field. */
    private static List<String> named(Headers headers, int status) throws RefusedException {
        List<String> tokens = List.of();
        for (int i = headers.indexOf("Connection", 0); i >= 0; i = headers.indexOf("Connection", i + 1)) {
            String value = headers.value(i);
            if (value.equalsIgnoreCase("keep-alive") || value.equalsIgnoreCase("close")) {
                continue;
            }
            tokens = tokens.isEmpty() ? new ArrayList<>() : tokens;
            if (!FieldList.read(value, tokens)) {
                throw new RefusedException(status, "Connection is no list of tokens");
            }
        }
        return tokens;
    }

    private static boolean isNamed(List<String> named, String name) {
        for (String token : named) {
            if (token.equalsIgnoreCase(name)) {
                return !isKept(name);
            }
        }
        return false;
    }

    private static boolean isKept(String name) {
        return name.equalsIgnoreCase("Host")
                || name.equalsIgnoreCase("Content-Length")
                || name.equalsIgnoreCase("Transfer-Encoding")
                || name.equalsIgnoreCase("Via")
                || name.equalsIgnoreCase("Max-Forwards");
    }

    private static boolean isHopByHop(String name, boolean request) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 5 -> request && name.equalsIgnoreCase("Proxy");
            case 7 -> name.equalsIgnoreCase("Upgrade");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 -> name.equalsIgnoreCase("HTTP2-Settings");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            case 18 -> !request && name.equalsIgnoreCase("Proxy-Authenticate");
            default -> false;
        };
    }

    /** Whether a response field of this name is removed when forwarding: it is hop-by-hop, or frames the body. */
    public static boolean isStripped(String name) {
        return isHopByHop(name, false) || name.equalsIgnoreCase("Content-Length");
    }

    /**
     * The protocols that a message asks to switch to or has switched to: {@code Upgrade}, in lower case, provided that
     * {@code Connection} names it (RFC 9110 7.8). To be read before the message is stripped.
     */
    public static Optional<String> upgrade(Headers headers) {
        Optional<String> protocol = headers.first("Upgrade");
        return protocol.isPresent() && names(headers, "upgrade")
                ? Optional.of(String.join(", ", headers.all("Upgrade")).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** Whether a request says {@code TE: trailers}: its sender can take trailer fields. Before it is stripped. */
    public static boolean acceptsTrailers(Headers headers) {
        for (String value : headers.all("TE")) {
            for (String element : value.split(",")) {
                if (element.trim().equalsIgnoreCase("trailers")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether {@code Connection} holds this option. */
    public static boolean names(Headers headers, String option) {
        List<String> tokens = new ArrayList<>();
        for (String value : headers.all("Connection")) {
            FieldList.read(value, tokens);
        }
        return tokens.stream().anyMatch(option::equalsIgnoreCase);
    }
}
