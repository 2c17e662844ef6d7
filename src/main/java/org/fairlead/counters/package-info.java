/**
 * Counters and histograms of running requests, and the immutable records that a reader gets of them. Writing takes no
 * lock and allocates nothing once a series exists; reading sums up and disturbs no writer.
 */
package org.fairlead.counters;
