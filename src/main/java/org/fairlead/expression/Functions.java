package org.fairlead.expression;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fairlead.expression.Variables.Table;

/** httpd's functions from text to text. Names are compared without case. */
final class Functions {
    /** A function's body: given what is looked at, a text from a text. */
    interface Body {
        String apply(Variables variables, String argument);
    }

    static final String NAMES =
            "req, resp, reqenv, note, osenv, env, ssl, hc, tolower, toupper, escape, unescape, base64,"
                    + " unbase64, md5, sha1";

    private static final Map<String, Body> BY_NAME = Map.ofEntries(
            Map.entry("req", table(Table.REQUEST_HEADER)),
            Map.entry("http", table(Table.REQUEST_HEADER)),
            Map.entry("req_novary", table(Table.REQUEST_HEADER)),
            Map.entry("resp", table(Table.RESPONSE_HEADER)),
            Map.entry("reqenv", table(Table.ENVIRONMENT)),
            Map.entry("note", table(Table.NOTE)),
            Map.entry("osenv", table(Table.PROCESS_ENVIRONMENT)),
            Map.entry("hc", table(Table.PROBE)),
            Map.entry("env", Functions::anyEnvironment),
            Map.entry("ssl", Functions::tls),
            Map.entry("tolower", pure(Functions::lower)),
            Map.entry("toupper", pure(Functions::upper)),
            Map.entry("escape", pure(Escapes::escape)),
            Map.entry("unescape", pure(Escapes::unescape)),
            Map.entry("base64", pure(text -> Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1)))),
            Map.entry("unbase64", pure(Escapes::unbase64)),
            Map.entry("md5", pure(text -> digest("MD5", text))),
            Map.entry("sha1", pure(text -> digest("SHA-1", text))));

    private Functions() {}

    static Optional<Body> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    private static Body table(Table table) {
        return (variables, key) -> variables.lookup(table, key);
    }

    private static Body pure(UnaryOperator<String> function) {
        return (variables, text) -> function.apply(text);
    }

    /** The first of note, request environment and process environment that knows the name. */
    private static String anyEnvironment(Variables variables, String name) {
        String value = variables.lookup(Table.NOTE, name);
        if (value.isEmpty()) {
            value = variables.lookup(Table.ENVIRONMENT, name);
        }
        return value.isEmpty() ? variables.lookup(Table.PROCESS_ENVIRONMENT, name) : value;
    }

    private static String tls(Variables variables, String name) {
        return Names.variable(name).map(variables::variable).orElse("");
    }

    /** ASCII letters in lower case, all else as it is (httpd runs in the C locale). */
    static String lower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + 32));
            }
        }
        return lower.toString();
    }

    static String upper(String text) {
        StringBuilder upper = new StringBuilder(text);
        for (int i = 0; i < upper.length(); i++) {
            char c = upper.charAt(i);
            if (c >= 'a' && c <= 'z') {
                upper.setCharAt(i, (char) (c - 32));
            }
        }
        return upper.toString();
    }

    private static String digest(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of every Java platform", e);
        }
    }
}
