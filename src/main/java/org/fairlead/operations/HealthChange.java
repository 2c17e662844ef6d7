package org.fairlead.operations;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.fairlead.model.HealthCheckConfig.Method;

/**
 * A change of a member's health check; an empty component stays unchanged.
 *
 * @param method {@code hcmethod}; a value for a member without a health check begins one, with httpd's defaults
 * @param off whether the health check ends
 * @param interval {@code hcinterval}: 100 ms or more
 * @param passes {@code hcpasses}: 1 or more
 * @param fails {@code hcfails}: 1 or more
 * @param uri {@code hcuri}: at most 95 characters
 */
public record HealthChange(
        Optional<Method> method,
        boolean off,
        Optional<Duration> interval,
        OptionalInt passes,
        OptionalInt fails,
        Optional<String> uri) {
    /** Changes nothing. */
    public static final HealthChange NONE = new HealthChange(
            Optional.empty(), false, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
}
