package org.fairlead.filter;

import java.util.List;
import java.util.Locale;
import org.fairlead.http.Headers;

/** The {@code Accept-Encoding} field of a request (RFC 9110 12.5.3), as mod_deflate reads it. */
final class AcceptEncoding {
    private AcceptEncoding() {}

    /**
     * Whether the client names the coding, and not with {@code q=0}. A {@code *} does not name it, and without the
     * field nothing is accepted.
     */
    static boolean names(Headers request, String coding) {
        List<String> lines = request.all("Accept-Encoding");
        for (String line : lines) {
            for (String item : line.split(",")) {
                String[] parts = item.split(";");
                if (parts[0].strip().equalsIgnoreCase(coding)) {
                    return !isRefused(parts);
                }
            }
        }
        return false;
    }

    /** Whether a parameter is {@code q=0}, {@code q=0.0} or its like. */
    private static boolean isRefused(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String weight = parts[i].replace(" ", "").replace("\t", "").toLowerCase(Locale.ROOT);
            if (weight.startsWith("q=0") && weight.chars().skip(2).allMatch(c -> c == '0' || c == '.')) {
                return true;
            }
        }
        return false;
    }
}
