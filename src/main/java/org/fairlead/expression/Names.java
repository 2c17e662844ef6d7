package org.fairlead.expression;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of variables in httpd's core, mod_ssl and mod_proxy_hcheck, and which of them have a value here. */
final class Names {
    private static final Set<String> KNOWN = Set.of(
            "HTTP_ACCEPT",
            "HTTP_COOKIE",
            "HTTP_FORWARDED",
            "HTTP_HOST",
            "HTTP_PROXY_CONNECTION",
            "HTTP_REFERER",
            "HTTP_USER_AGENT",
            "REQUEST_METHOD",
            "REQUEST_SCHEME",
            "REQUEST_URI",
            "DOCUMENT_URI",
            "QUERY_STRING",
            "IS_SUBREQ",
            "THE_REQUEST",
            "REMOTE_ADDR",
            "REMOTE_PORT",
            "REMOTE_HOST",
            "REMOTE_USER",
            "AUTH_TYPE",
            "SERVER_NAME",
            "SERVER_PORT",
            "SERVER_PROTOCOL",
            "SERVER_PROTOCOL_VERSION",
            "SERVER_PROTOCOL_VERSION_MAJOR",
            "SERVER_PROTOCOL_VERSION_MINOR",
            "SERVER_SOFTWARE",
            "CONTENT_TYPE",
            "HTTP2",
            "HTTPS",
            "IPV6",
            "REQUEST_STATUS",
            "REQUEST_LOG_ID",
            "CONN_LOG_ID",
            "CONN_REMOTE_ADDR",
            "HC_BODY",
            "TIME",
            "TIME_YEAR",
            "TIME_MON",
            "TIME_DAY",
            "TIME_HOUR",
            "TIME_MIN",
            "TIME_SEC",
            "TIME_WDAY");

    /** httpd has them, but they have no value here: to take them as empty would silently decide wrongly. */
    private static final Set<String> WITHOUT_MEANING = Set.of(
            "REQUEST_FILENAME",
            "SCRIPT_FILENAME",
            "LAST_MODIFIED",
            "SCRIPT_USER",
            "SCRIPT_GROUP",
            "PATH_INFO",
            "REMOTE_IDENT",
            "SERVER_ADMIN",
            "DOCUMENT_ROOT",
            "HANDLER",
            "CONTEXT_PREFIX",
            "CONTEXT_DOCUMENT_ROOT",
            "API_VERSION");

    /** The fields behind httpd's seven HTTP_ variables. */
    static final Map<String, String> HEADERS = Map.of(
            "HTTP_ACCEPT", "Accept",
            "HTTP_COOKIE", "Cookie",
            "HTTP_FORWARDED", "Forwarded",
            "HTTP_HOST", "Host",
            "HTTP_PROXY_CONNECTION", "Proxy-Connection",
            "HTTP_REFERER", "Referer",
            "HTTP_USER_AGENT", "User-Agent");

    private Names() {}

    /** The name in upper case if it is a variable's; case does not count (httpd). */
    static Optional<String> variable(String written) {
        String name = written.toUpperCase(Locale.ROOT);
        return KNOWN.contains(name) || name.startsWith("SSL_") ? Optional.of(name) : Optional.empty();
    }

    /** What to say could stand where this unknown name stands. */
    static String expectedInsteadOf(String written) {
        String name = written.toUpperCase(Locale.ROOT);
        if (WITHOUT_MEANING.contains(name)) {
            return "a variable of a proxied request; this one is about local files or modules that are not here";
        }
        if (name.startsWith("HTTP_")) {
            return "a variable; for other fields %{HTTP:" + name.substring(5).replace('_', '-') + "}";
        }
        return "a variable such as REQUEST_URI, HTTP_HOST, REMOTE_ADDR, SSL_PROTOCOL";
    }
}
