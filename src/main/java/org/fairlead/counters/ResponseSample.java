package org.fairlead.counters;

/**
 * One series of {@link ResponseSeries}.
 *
 * @param method one of OpenTelemetry's known methods, or {@code _OTHER}
 * @param status 100 to 599; 0 = there was no response
 * @param failure {@link FailureKind#NONE} unless the request failed
 */
public record ResponseSample(String method, int status, FailureKind failure, LatencyDistribution durations) {}
