package org.fairlead.model;

import java.util.Optional;

/**
 * Defaults of a response for values that the member does not set.
 *
 * @param charset {@code AddDefaultCharset}: the {@code charset} of {@code text/html} and {@code text/plain}; an empty
 *     text stands for Off, which overrides an outer section's
 * @param expires {@code ExpiresActive} and its like
 * @param ranges how many ranges are cut out of a body that the member sends whole
 */
public record ResponseDefaults(Optional<String> charset, ExpiresConfig expires, RangeLimits ranges) {
    /** Says nothing. */
    public static final ResponseDefaults NONE =
            new ResponseDefaults(Optional.empty(), ExpiresConfig.NONE, RangeLimits.NONE);

    /** Returns this with what a section says put over it. */
    ResponseDefaults merge(ResponseDefaults over) {
        return new ResponseDefaults(
                over.charset.or(() -> charset), expires.merge(over.expires), ranges.merge(over.ranges));
    }
}
