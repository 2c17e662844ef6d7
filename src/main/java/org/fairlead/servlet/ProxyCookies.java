package org.fairlead.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Cookies of a servlet with {@code targetUri}: those that members have set carry a prefix at the client. So they do not
 * clash with those of the application around the servlet, which members must not see.
 */
final class ProxyCookies {
    /** Attributes that {@code java.net.HttpCookie} forgets. */
    private static final List<String> FORGOTTEN = List.of("SameSite", "Partitioned", "Priority");

    private ProxyCookies() {}

    /**
     * Filters a {@code Cookie} field for a member; empty if no cookie in it is the member's. A value may hold {@code =}
     * and may be empty (RFC 6265 4.1.1).
     *
     * @param prefix what a cookie's name begins with at the client, by that name
     */
    static String forMember(String field, UnaryOperator<String> prefix) {
        StringBuilder cookies = new StringBuilder(field.length());
        for (String pair : field.split(";")) {
            String cookie = pair.strip();
            int equals = cookie.indexOf('=');
            String own =
                    equals < 0 ? "" : prefix.apply(cookie.substring(0, equals).strip());
            if (equals > own.length() && cookie.startsWith(own)) {
                cookies.append(cookies.isEmpty() ? "" : "; ").append(cookie, own.length(), cookie.length());
            }
        }
        return cookies.toString();
    }

    /** A response whose new cookies keep what else a member's {@code Set-Cookie} says of them. */
    static HttpServletResponse keepingAttributes(HttpServletResponse response, String field) {
        return new HttpServletResponseWrapper(response) {
            @Override
            public void addCookie(Cookie cookie) {
                for (String part : field.split(";")) {
                    int equals = part.indexOf('=');
                    String name = (equals < 0 ? part : part.substring(0, equals)).strip();
                    FORGOTTEN.stream()
                            .filter(name::equalsIgnoreCase)
                            .forEach(known -> cookie.setAttribute(
                                    known,
                                    equals < 0 ? "" : part.substring(equals + 1).strip()));
                }
                super.addCookie(cookie);
            }
        };
    }

    /** A servlet's name as part of a cookie's name: what is no character of a token (RFC 9110 5.6.2) becomes {@code _}. */
    static String token(String name) {
        return name.replaceAll("[^A-Za-z0-9!#$%&'*+.^_`|~-]", "_");
    }
}
