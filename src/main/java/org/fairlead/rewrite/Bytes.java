package org.fairlead.rewrite;

import java.nio.charset.StandardCharsets;

/** The operator's text as requests hold theirs: one char for each byte of its UTF-8 form. */
final class Bytes {
    private Bytes() {}

    static String of(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
