package org.fairlead.rewrite;

import java.util.Locale;
import java.util.Set;
import org.fairlead.http.Percent;

/** URL escaping as in mod_rewrite and mod_proxy. Text holds one char for each byte. Pure functions. */
final class UriText {
    /** The schemes that mod_rewrite knows, with the characters after them; longest first where one begins another. */
    private static final String[] SCHEMES = {
        "ajp://",
        "balancer://",
        "ftp://",
        "fcgi://",
        "gopher://",
        "http://",
        "https://",
        "h2://",
        "h2c://",
        "ldap://",
        "mailto:",
        "news:",
        "nntp://",
        "scgi://",
        "ws://",
        "wss://",
        "unix:"
    };
    /** Those schemes that have no query. */
    private static final Set<String> WITHOUT_QUERY = Set.of("ftp://", "gopher://", "ldap://", "news:", "nntp://");

    private UriText() {}

    /** The length of the scheme with its slashes; 0 if the text is no absolute URL. */
    static int scheme(String uri) {
        if (uri.startsWith("/") || uri.length() <= 5) {
            return 0;
        }
        for (String scheme : SCHEMES) {
            if (uri.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.equals("unix:") && uri.startsWith("//", 5) ? 7 : scheme.length();
            }
        }
        return 0;
    }

    static boolean hasQuery(String uri, int scheme) {
        return scheme == 0 || !WITHOUT_QUERY.contains(uri.substring(0, scheme).toLowerCase(Locale.ROOT));
    }

    /** {@code ap_escape_uri}. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            Percent.appendInPath(out, text.charAt(i));
        }
        return out.toString();
    }

    /** {@code ap_unescape_url}: an invalid escape stays; text ends at a NUL, as it does in C. */
    static String unescape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && Percent.isValid(text, i)) {
                c = Percent.decode(text, i);
                i += 2;
            }
            if (c == 0) {
                break;
            }
            out.append(c);
        }
        return out.toString();
    }

    /** Escapes the text after scheme and authority. */
    static String escapeAbsolute(String uri, int scheme) {
        int start = scheme;
        if (uri.charAt(scheme - 1) == '/') {
            int slash = uri.indexOf('/', scheme);
            if (slash < 0 || slash + 1 == uri.length()) {
                return uri;
            }
            start = slash + 1;
        }
        return uri.substring(0, start) + escape(uri.substring(start));
    }

    /**
     * A path as mod_proxy writes it to a member ({@code ap_proxy_canonenc}).
     *
     * @param keepsSlash whether an encoded slash stays one ({@code AllowEncodedSlashes NoDecode})
     */
    static String canonical(String path, boolean keepsSlash) {
        StringBuilder out = new StringBuilder(path.length() + 16);
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (keepsSlash && c == '%' && path.regionMatches(true, i, "%2F", 0, 3)) {
                out.append(path, i, i + 3);
                i += 2;
            } else if (Percent.isSafeInPath(c)) {
                out.append(c);
            } else {
                Percent.appendUpper(out, c);
            }
        }
        return out.toString();
    }

    /** The escaping of back-references by {@code B}, {@code BNE}, {@code BNP} and {@code BCTLS}. */
    record BackReferences(String escapes, String spared, boolean noPlus, boolean controls)
            implements Expansion.References {
        @Override
        public String write(String text) {
            StringBuilder out = new StringBuilder(text.length() + 16);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean chosen = controls ? isControlOrBlank(c) : escapes.isEmpty();
                if ((chosen || escapes.indexOf(c) >= 0) && spared.indexOf(c) < 0) {
                    written(out, c);
                } else {
                    out.append(c);
                }
            }
            return out.toString();
        }

        private void written(StringBuilder out, char c) {
            if (Percent.isAlphanumeric(c) || c == '_') {
                out.append(c);
            } else if (c == ' ' && !noPlus) {
                out.append('+');
            } else {
                Percent.appendLower(out, c);
            }
        }
    }

    /** Whether a character must never stand unescaped in a request line. */
    static boolean isControlOrBlank(char c) {
        return c <= ' ' || c == 0x7F;
    }

    static boolean hasControlOrBlank(String text) {
        return text.chars().anyMatch(c -> isControlOrBlank((char) c));
    }

    /** Whether a text holds a character that must never stand in a field's value. */
    static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < ' ' || c == 0x7F);
    }
}
