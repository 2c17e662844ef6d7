package org.fairlead.metrics;

import java.time.Instant;
import org.fairlead.counters.FailureKind;
import org.fairlead.counters.ResponseSample;
import org.fairlead.counters.TrafficSnapshot;
import org.fairlead.operations.CertificateSnapshot;
import org.fairlead.operations.HostSnapshot;
import org.fairlead.operations.ListenerSnapshot;
import org.fairlead.operations.RouteSnapshot;
import org.fairlead.operations.ServerSnapshot;

/**
 * Series of hosts, listeners and the process. Names are OpenTelemetry's (semantic conventions 1.44) where it has one;
 * label values come from the configuration and from fixed lists, never from a client.
 */
record ServerMetrics(ServerSnapshot seen, Families families) {
    private static final String DURATION = "http_server_request_duration_seconds";

    void collect() {
        seen.hosts().forEach(this::host);
        for (ListenerSnapshot listener : seen.listeners()) {
            if (listener.connections() >= 0) {
                families.gauge(
                        "fairlead_connections",
                        "Open client connections",
                        listener.connections(),
                        "listener",
                        listener.url());
            }
        }
        families.gauge(
                "fairlead_request_threads", "Requests under way", seen.workers().active(), "state", "busy");
        families.gauge(
                "fairlead_request_threads", "Requests under way", seen.workers().idle(), "state", "idle");
        families.gauge(
                "fairlead_tunnels", "Connections that left HTTP", seen.workers().tunnels());
        for (CertificateSnapshot certificate : seen.certificates()) {
            families.gauge(
                    "fairlead_certificate_not_after_timestamp_seconds",
                    "When a certificate ends to be valid",
                    seconds(certificate.notAfter()),
                    "server_address",
                    certificate.host(),
                    "file",
                    certificate.file());
        }
        families.gauge(
                "fairlead_config_last_reload_successful",
                "Whether what the files say is what runs",
                seen.reload().successful() ? 1 : 0);
        families.gauge(
                "fairlead_config_last_reload_success_timestamp_seconds",
                "Since when the running configuration runs",
                seconds(seen.reload().lastSuccess()));
        String reloads = "Configurations that were read";
        families.count("fairlead_config_reloads", reloads, seen.reload().successes(), "result", "taken");
        families.count("fairlead_config_reloads", reloads, seen.reload().refusals(), "result", "refused");
        families.gauge(
                "fairlead_build_info", "Always 1", 1, "version", seen.process().version());
    }

    static double seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }

    private void host(HostSnapshot host) {
        families.gauge(
                "http_server_active_requests", "Requests under way", host.active(), "server_address", host.name());
        host.refused()
                .forEach((phase, count) -> families.count(
                        "fairlead_requests_refused",
                        "Requests that a phase of deciding refused",
                        count,
                        "server_address",
                        host.name(),
                        "phase",
                        phase));
        for (RouteSnapshot route : host.routes()) {
            durations(host.name(), route.path(), "http", route.plain());
            durations(host.name(), route.path(), "https", route.secure());
        }
    }

    private void durations(String host, String route, String scheme, TrafficSnapshot traffic) {
        for (ResponseSample sample : traffic.series()) {
            families.histogram(
                    DURATION,
                    "Duration of requests",
                    sample.durations(),
                    "error_type",
                    error(sample),
                    "http_request_method",
                    sample.method(),
                    "http_response_status_code",
                    status(sample),
                    "http_route",
                    route,
                    "server_address",
                    host,
                    "url_scheme",
                    scheme);
        }
    }

    static String status(ResponseSample sample) {
        return sample.status() == 0 ? "" : Integer.toString(sample.status());
    }

    /** The kind of failure; else for a status of 500 and more that status, as OpenTelemetry has it. */
    static String error(ResponseSample sample) {
        if (sample.failure() != FailureKind.NONE) {
            return sample.failure().label();
        }
        return sample.status() >= 500 ? Integer.toString(sample.status()) : "";
    }
}
