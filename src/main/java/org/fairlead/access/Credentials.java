package org.fairlead.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.fairlead.http.Headers;

/**
 * A client's credentials (RFC 7617).
 *
 * @param user one char for each byte
 */
record Credentials(String user, byte[] password) {
    private static final String SCHEME = "basic ";

    /**
     * Parses {@code Authorization}. Empty if there is none, if it is of another scheme, or if it is there twice, since
     * the member might then believe the other one. Base64 ends at the first character that is none, as with httpd.
     */
    static Optional<Credentials> of(Headers headers) {
        List<String> values = headers.all("Authorization");
        if (values.size() != 1 || !values.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String text = decoded(values.get(0).substring(SCHEME.length()).stripLeading());
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String password = colon < 0 ? "" : text.substring(colon + 1);
        if (user.chars().anyMatch(c -> c < ' ' || c == 0x7F) || password.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return Optional.of(new Credentials(user, password.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String decoded(String base64) {
        int end = 0;
        while (end < base64.length() && isDigit(base64.charAt(end))) {
            end++;
        }
        // A last digit alone carries less than a byte.
        String digits = base64.substring(0, end % 4 == 1 ? end - 1 : end);
        return new String(Base64.getDecoder().decode(digits), StandardCharsets.ISO_8859_1);
    }

    private static boolean isDigit(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }
}
