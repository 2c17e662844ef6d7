/** What Prometheus reads: snapshots of what runs, as series in its formats. The only door to prometheus-metrics. */
package org.fairlead.metrics;
