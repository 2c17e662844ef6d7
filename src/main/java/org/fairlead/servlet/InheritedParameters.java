package org.fairlead.servlet;

import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mitre.dsmiley.httpproxy.ProxyServlet;

/**
 * Validator of the init-params of Smiley's {@code ProxyServlet} 2.0, before the parent reads them: the parent stops at
 * the first malformed number, without its name, and reads any word as {@code false}.
 */
final class InheritedParameters {
    private static final List<String> SWITCHES = List.of(
            ProxyServlet.P_LOG,
            ProxyServlet.P_FORWARDEDFOR,
            ProxyServlet.P_PRESERVEHOST,
            ProxyServlet.P_PRESERVECOOKIES,
            ProxyServlet.P_PRESERVECOOKIEPATH,
            ProxyServlet.P_HANDLEREDIRECTS,
            ProxyServlet.P_USESYSTEMPROPERTIES,
            ProxyServlet.P_HANDLECOMPRESSION);

    private static final List<String> NUMBERS = List.of(
            ProxyServlet.P_CONNECTTIMEOUT,
            ProxyServlet.P_READTIMEOUT,
            ProxyServlet.P_CONNECTIONREQUESTTIMEOUT,
            ProxyServlet.P_MAXCONNECTIONS);

    private InheritedParameters() {}

    /**
     * @param servlet what messages call it
     * @param values the value of each init-param, null where it is not set
     * @throws ServletException with every mistake: the servlet, the init-param, its value, and what is allowed
     */
    static void check(String servlet, UnaryOperator<String> values) throws ServletException {
        List<String> mistakes = new ArrayList<>();
        for (String name : SWITCHES) {
            String value = values.apply(name);
            if (value != null && !value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
                mistakes.add(mistake(servlet, name, value, "true or false"));
            }
        }
        for (String name : NUMBERS) {
            String value = values.apply(name);
            if (value != null && !isNumber(value)) {
                String unit = name.equals(ProxyServlet.P_MAXCONNECTIONS) ? "connections" : "milliseconds";
                mistakes.add(mistake(
                        servlet,
                        name,
                        value,
                        "a whole number of " + unit + ", at most " + Integer.MAX_VALUE + "; -1 = not limited here"));
            }
        }
        Optional.ofNullable(values.apply(ProxyServlet.P_TARGET_URI))
                .filter(value -> value.isBlank())
                .ifPresent(value -> mistakes.add(mistake(servlet, ProxyServlet.P_TARGET_URI, value, Origin.EXPECTED)));
        if (!mistakes.isEmpty()) {
            throw new ServletException(String.join("\n", mistakes));
        }
    }

    /** One line about a wrong value. */
    static String mistake(String servlet, String name, String value, String expected) {
        return "servlet '" + servlet + "', init-param " + name + ": '" + value + "' (expected: " + expected + ")";
    }

    private static boolean isNumber(String value) {
        try {
            return Integer.parseInt(value) >= -1;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
