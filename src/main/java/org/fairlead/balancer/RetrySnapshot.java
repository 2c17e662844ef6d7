package org.fairlead.balancer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fairlead.counters.FailureKind;

/**
 * Second attempts of a balancer's requests.
 *
 * @param made by the failure of the attempt before; kinds that did not happen are absent
 * @param denied how many the retry budget has forbidden
 */
public record RetrySnapshot(Map<FailureKind, Long> made, long denied) {
    public RetrySnapshot {
        made = Collections.unmodifiableMap(new LinkedHashMap<>(made));
    }
}
