package org.fairlead.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.fairlead.http.Headers;
import org.fairlead.model.DeflateConfig.Etags;

/** The fields about a body's content coding (RFC 9110 8.4), and those that a change of the body makes wrong. */
final class ContentCoding {
    private static final Set<String> UNCODED = Set.of("identity", "7bit", "8bit", "binary");
    /** Digests of the body (RFC 1864, RFC 3230, RFC 9530). */
    private static final List<String> DIGESTS = List.of("Content-MD5", "Digest", "Content-Digest", "Repr-Digest");

    private ContentCoding() {}

    /** The codings that were applied, in lower case and in order; those that change no byte are left out. */
    static List<String> of(Headers headers) {
        if (!headers.contains("Content-Encoding")) {
            return List.of();
        }
        List<String> codings = new ArrayList<>();
        for (String line : headers.all("Content-Encoding")) {
            for (String word : line.split(",")) {
                String coding = word.strip().toLowerCase(Locale.ROOT);
                if (!coding.isEmpty() && !UNCODED.contains(coding)) {
                    codings.add(coding);
                }
            }
        }
        return codings;
    }

    /** Adds a name to {@code Vary}, as one line, if it is not there (RFC 9110 12.5.5). */
    static void vary(Headers headers, String name) {
        String all = String.join(", ", headers.all("Vary"));
        for (String word : all.split(",")) {
            if (word.strip().equalsIgnoreCase(name) || word.strip().equals("*")) {
                return;
            }
        }
        headers.set("Vary", all.isBlank() ? name : all + ", " + name);
    }

    /** Changes the {@code ETag}: other bytes are another representation (RFC 9110 8.8.3). */
    static void etag(Headers headers, Etags rule, String suffix) {
        int line = headers.indexOf("ETag", 0);
        if (line < 0 || rule == Etags.NOCHANGE) {
            return;
        }
        String tag = headers.value(line);
        if (rule == Etags.REMOVE) {
            headers.remove("ETag");
        } else if (tag.length() > 2) {
            headers.setValue(line, tag.substring(0, tag.length() - 1) + "-" + suffix + "\"");
        }
    }

    /** Removes what was computed from the bytes of the former body. */
    static void dropDigests(Headers headers) {
        DIGESTS.forEach(headers::remove);
    }
}
