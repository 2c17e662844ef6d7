package org.fairlead.balancer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fairlead.counters.FailureKind;

/**
 * Second attempts of a balancer's requests.
 *
 * @param made by what the attempt before had died of; kinds that did not happen are not in it
 * @param denied how many the retry budget has forbidden
 */
public record RetrySnapshot(Map<FailureKind, Long> made, long denied) {
    public RetrySnapshot {
        made = Collections.unmodifiableMap(new LinkedHashMap<>(made));
    }
}
