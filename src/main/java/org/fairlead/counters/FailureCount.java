package org.fairlead.counters;

import java.time.Instant;

/**
 * Failures of one kind.
 *
 * @param count how many there were
 * @param lastText what was logged of the last one; control characters escaped, no client data
 * @param lastAt when the last one was
 */
public record FailureCount(FailureKind kind, long count, String lastText, Instant lastAt) {}
