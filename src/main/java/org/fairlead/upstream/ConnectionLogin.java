package org.fairlead.upstream;

import org.fairlead.http.Headers;

/**
 * Logins that hold for a connection and not for a request: NTLM, and Negotiate (RFC 4559) as it is used on the web. A
 * member remembers the user of such a connection, so the next request on it gets a response for that user.
 */
final class ConnectionLogin {
    private static final String[] SCHEMES = {"NTLM", "Negotiate", "Nego2", "Kerberos"};

    private ConnectionLogin() {}

    /**
     * Whether the connection that carried this exchange may be logged in. The request has sent credentials of such a
     * scheme, or the response offers or continues such a login ({@code WWW-Authenticate}, {@code Proxy-Authenticate}),
     * or it says that the login lasts ({@code Persistent-Auth: true}).
     */
    static boolean mayFollow(Headers request, Headers answer) {
        return isAsked(request) || isAnswered(answer);
    }

    private static boolean isAsked(Headers request) {
        int size = request.size();
        for (int i = 0; i < size; i++) {
            String name = request.name(i);
            boolean credentials = name.length() == 13 && name.equalsIgnoreCase("Authorization")
                    || name.length() == 19 && name.equalsIgnoreCase("Proxy-Authorization");
            if (credentials && hasScheme(request.value(i), 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnswered(Headers answer) {
        int size = answer.size();
        for (int i = 0; i < size; i++) {
            String name = answer.name(i);
            boolean bound = switch (name.length()) {
                case 15 ->
                    name.equalsIgnoreCase("Persistent-Auth")
                            && answer.value(i).strip().equalsIgnoreCase("true");
                case 16 -> name.equalsIgnoreCase("WWW-Authenticate") && listsScheme(answer.value(i));
                case 18 -> name.equalsIgnoreCase("Proxy-Authenticate") && listsScheme(answer.value(i));
                default -> false;
            };
            if (bound) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of several challenges (RFC 9110 11.6.1) is of such a scheme. A comma within quotes begins none. */
    private static boolean listsScheme(String challenges) {
        boolean quoted = false;
        boolean begins = true;
        for (int i = 0; i < challenges.length(); i++) {
            char c = challenges.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
                begins = false;
            } else if (!quoted && c == ',') {
                begins = true;
            } else if (begins && c != ' ' && c != '\t') {
                if (hasScheme(challenges, i)) {
                    return true;
                }
                begins = false;
            }
        }
        return false;
    }

    private static boolean hasScheme(String value, int from) {
        int start = from;
        while (start < value.length() && (value.charAt(start) == ' ' || value.charAt(start) == '\t')) {
            start++;
        }
        for (String scheme : SCHEMES) {
            int end = start + scheme.length();
            if (value.regionMatches(true, start, scheme, 0, scheme.length())
                    && (end == value.length() || " \t,".indexOf(value.charAt(end)) >= 0)) {
                return true;
            }
        }
        return false;
    }
}
