package org.fairlead.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.http.HttpHost;

/**
 * Counterpart of Smiley's {@code URITemplateProxyServlet}: {@code targetUri} holds names in braces, such as
 * {@code http://{_host}:{_port}/{_path}}. Query arguments of each request replace them, and are taken from the query.
 * Since the client so chooses the target, the init-param {@code allowedHosts} has to name the hosts that it may choose:
 * any other gets 403. A template whose host is fixed needs none.
 */
public class UriTemplateBalancerServlet extends BalancerServlet {
    private static final long serialVersionUID = 1L;

    private static final String QUERY = UriTemplateBalancerServlet.class.getName() + ".query";

    /** The template as configured. */
    protected String targetUriTemplate;

    private transient AllowedHosts allowed;
    private boolean choosesHost;

    /** Made by the container. */
    public UriTemplateBalancerServlet() {}

    @Override
    protected void initTarget() throws ServletException {
        targetUriTemplate = getConfigParam(P_TARGET_URI);
        if (targetUriTemplate == null) {
            throw new ServletException(InheritedParameters.mistake(
                    getServletName(), P_TARGET_URI, "", "a template such as http://{_host}:{_port}/{_path}"));
        }
        choosesHost = authority(targetUriTemplate).indexOf('{') >= 0;
        if (choosesHost) {
            allowed = AllowedHosts.parse(getServletName(), getConfigParam(AllowedHosts.PARAMETER));
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        int fragment = query.indexOf('#');
        Map<String, String> arguments = arguments(fragment < 0 ? query : query.substring(0, fragment));
        List<String> used = names(targetUriTemplate);
        String url = targetUriTemplate;
        for (String name : used) {
            String argument = arguments.get(name);
            if (argument == null) {
                response.sendError(HttpServletResponse.SC_BAD_REQUEST, "the query argument " + name + " is missing");
                return;
            }
            url = url.replace("{" + name + "}", decoded(argument));
        }
        Origin origin;
        try {
            origin = Origin.of(url);
        } catch (IOException e) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        if (choosesHost && !allowed.allow(origin)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        arguments.keySet().removeAll(used);
        request.setAttribute(ATTR_TARGET_URI, url);
        request.setAttribute(ATTR_TARGET_HOST, HttpHost.create(origin.toString()));
        request.setAttribute(QUERY, joined(arguments));
        super.service(request, response);
    }

    /** The template up to its path. */
    private static String authority(String template) {
        int scheme = template.indexOf("://");
        int path = template.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        return path < 0 ? template : template.substring(0, path);
    }

    /** Names in braces, in order. */
    private static List<String> names(String template) {
        List<String> names = new ArrayList<>();
        int open = template.indexOf('{');
        while (open >= 0) {
            int close = template.indexOf('}', open);
            if (close < 0) {
                return names;
            }
            names.add(template.substring(open + 1, close));
            open = template.indexOf('{', close);
        }
        return names;
    }

    /** Arguments of a query, undecoded; of equal names the last one counts. */
    private static Map<String, String> arguments(String query) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                arguments.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        return arguments;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String joined(Map<String, String> arguments) {
        List<String> pairs = new ArrayList<>();
        arguments.forEach((name, value) -> pairs.add(TargetPath.escaped(name) + "=" + value));
        return String.join("&", pairs);
    }

    @Override
    protected String rewriteQueryStringFromRequest(HttpServletRequest request, String queryString) {
        return (String) request.getAttribute(QUERY);
    }
}
