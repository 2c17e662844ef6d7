package org.fairlead.model;

import java.util.Optional;

/**
 * {@code RequestRecorder}: which requests are kept with the reasons of their decisions.
 *
 * @param on whether any is kept; off costs nothing
 * @param entries the most requests kept for one balancer, at least 1; the oldest go first
 * @param sample one in so many requests is kept though nothing is remarkable about it; 0 = none
 * @param slow a request is kept that took so many times the balancer's median, at least 2
 * @param maxBytes the memory that all kept requests may take together, estimated
 * @param token the value of the field {@code Fairlead-Record} by which an operator has a request kept; empty = none does
 */
public record RecorderConfig(boolean on, int entries, int sample, int slow, long maxBytes, Optional<String> token) {
    /** What is in force unless the directive says otherwise. */
    public static final RecorderConfig OFF =
            new RecorderConfig(false, 512, 1000, 5, 16L * 1024 * 1024, Optional.empty());
}
