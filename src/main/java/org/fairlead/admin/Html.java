package org.fairlead.admin;

import java.nio.charset.StandardCharsets;

/** Escapes text for its place in a page or document. */
final class Html {
    private Html() {}

    /** Escapes text and attribute values in either quotes, in HTML and XML; control characters become blanks. */
    static String text(String value) {
        StringBuilder out = new StringBuilder(value.length() + 16);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c < ' ' || c == 0x7f ? ' ' : c);
            }
        }
        return out.toString();
    }

    /** For a value within a query, as httpd's manager writes it: characters allowed in a URL stay unchanged. */
    static String query(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || "-._~:/@|,;!*()".indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", b & 0xff));
            }
        }
        return out.toString();
    }
}
