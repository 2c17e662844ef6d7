package org.fairlead.servlet;

import jakarta.servlet.ServletConnection;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.ContainerExtensions;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.RequestIds;
import org.fairlead.http.Headers;
import org.fairlead.http.HostSyntax;
import org.fairlead.http.IpAddress;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;

/** Head of a servlet request, as close to the client's bytes as the container allows. */
final class ServletHead {
    private static final String ALL_BELOW = "/*";

    private ServletHead() {}

    /** The connection of the request; what the container does not know of it is empty. */
    static ClientConnection connection(HttpServletRequest request) {
        return new ClientConnection(
                IpAddress.canonical(text(request.getRemoteAddr())),
                request.getRemotePort(),
                text(request.getLocalAddr()),
                request.getLocalPort(),
                request.isSecure());
    }

    /** Returns what our own connector can do beyond the API; empty in another container. */
    static Optional<ContainerExtensions> extensions(HttpServletRequest request) {
        return request.getAttribute(ContainerExtensions.ATTRIBUTE) instanceof ContainerExtensions own
                ? Optional.of(own)
                : Optional.empty();
    }

    /**
     * Identifies the client's connection, with the peer's address and port in case a container counts anew for each
     * protocol; empty where the container has no name for it.
     */
    static Optional<String> connectionId(HttpServletRequest request) {
        return Optional.ofNullable(request.getServletConnection())
                .map(ServletConnection::getConnectionId)
                .filter(id -> !id.isEmpty())
                .map(id -> id + " " + request.getRemoteAddr() + " " + request.getRemotePort());
    }

    /** Text of a value; empty where the container does not supply one. */
    static String text(String textOrNull) {
        return Optional.ofNullable(textOrNull).orElse("");
    }

    /** @throws RefusedException 400 if its target is none, or hides the context's path, or its Host is none */
    static RequestHead of(HttpServletRequest request, Optional<ContainerExtensions> connector) throws RefusedException {
        Headers fields = connector.isPresent() ? connector.get().fields() : fields(request);
        if (fields.first("Host").isEmpty()) {
            authority(request).ifPresent(host -> fields.add("Host", host));
        }
        if (!HostSyntax.isValid(fields.first("Host").orElse(""))) {
            throw new RefusedException(400, "Host is no name or address with a port of 0 to 65535");
        }
        return new RequestHead(
                request.getMethod(), RequestTarget.parse(rawTarget(request, connector)), request.getProtocol(), fields);
    }

    /**
     * Authority that the client has asked for: {@code Host}, or HTTP/2's {@code :authority} (RFC 9113 8.3.1), of which
     * Tomcat makes no field. Empty if the client has sent neither.
     */
    static Optional<String> authority(HttpServletRequest request) {
        String host = request.getHeader("Host");
        // On HTTP/1 a server name without Host is the container's own.
        if (host != null || !isHttp2(request) || request.getServerName() == null) {
            return Optional.ofNullable(host);
        }
        int port = request.getServerPort();
        boolean usual = port <= 0 || port == ClientConnection.standardPort(request.isSecure());
        return Optional.of(usual ? request.getServerName() : request.getServerName() + ":" + port);
    }

    /** Whether it came in HTTP/2, where {@code Host} and a body's length may be missing. */
    static boolean isHttp2(HttpServletRequest request) {
        return text(request.getProtocol()).startsWith("HTTP/2");
    }

    /** Slices the raw target: what the container decodes is good for its own mapping only. */
    private static String rawTarget(HttpServletRequest request, Optional<ContainerExtensions> connector)
            throws RefusedException {
        String uri = connector.isPresent() ? connector.get().path() : request.getRequestURI();
        String mount = mount(request);
        if (!uri.startsWith(mount)) {
            throw new RefusedException(400, "the context path was spelt in a way that hides it");
        }
        String path = uri.substring(mount.length());
        String target = path.isEmpty() ? "/" : path;
        return request.getQueryString() == null ? target : target + "?" + request.getQueryString();
    }

    /**
     * Path prefix in front of ours: context path and servlet path where the servlet is mapped by a prefix. Otherwise
     * the context path alone, since a servlet that is mapped to {@code /}, {@code *.ext} or one path sees that path
     * itself.
     */
    static String mount(HttpServletRequest request) {
        HttpServletMapping mapping = request.getHttpServletMapping();
        return isMappedByPrefix(mapping)
                ? text(request.getContextPath()) + servletPath(request)
                : text(request.getContextPath());
    }

    /** Containers of tests report no mapping; a prefix is what most servlets have. */
    static boolean isMappedByPrefix(HttpServletMapping mappingOrNull) {
        MappingMatch match = mappingOrNull == null ? null : mappingOrNull.getMappingMatch();
        return match == null || match == MappingMatch.PATH;
    }

    /**
     * The servlet's path; for a prefix, from its pattern. Jetty's {@code getServletPath} throws where the target has
     * {@code //} or an encoded slash anywhere, so that it could not be told from one that was decoded.
     */
    static String servletPath(HttpServletRequest request) {
        HttpServletMapping mapping = request.getHttpServletMapping();
        String pattern =
                mapping == null || mapping.getMappingMatch() != MappingMatch.PATH ? "" : text(mapping.getPattern());
        return pattern.endsWith(ALL_BELOW)
                ? pattern.substring(0, pattern.length() - ALL_BELOW.length())
                : text(request.getServletPath());
    }

    private static Headers fields(HttpServletRequest request) {
        Headers headers = new Headers();
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements(); ) {
                headers.add(name, values.nextElement());
            }
        }
        return headers;
    }

    /**
     * A variable that is made when it is read: one of mod_ssl's, mod_unique_id's or mod_http2's; empty for any other.
     *
     * @param number of the request, as {@link RequestIds} has it
     */
    static Optional<String> variable(HttpServletRequest request, long number, String name) {
        if (name.startsWith("SSL_")) {
            return request.isSecure() ? TlsVariables.read(request, name) : Optional.empty();
        }
        return name.equals("UNIQUE_ID") ? Optional.of(RequestIds.text(number)) : Http2Variables.read(request, name);
    }

    /** A request's environment at its beginning. */
    static Environment environment(HttpServletRequest request, long number, ClientConnection connection) {
        Environment environment = new Environment(name -> variable(request, number, name));
        if (connection.secure()) {
            // mod_ssl's one variable that is there without StdEnvVars: what env=HTTPS asks for.
            environment.set("HTTPS", "on");
        }
        return environment;
    }

    /** Trailer fields as the container takes them. */
    static Map<String, String> trailers(Headers fields) {
        Map<String, String> map = new HashMap<>();
        fields.forEach((name, value) -> map.merge(name, value, (first, second) -> first + ", " + second));
        return map;
    }
}
