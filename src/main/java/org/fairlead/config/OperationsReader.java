package org.fairlead.config;

import java.util.Optional;
import java.util.stream.Stream;
import org.fairlead.model.OperationsConfig;

/** Reads the settings of status pages, audit log, state file and recorder. */
final class OperationsReader {
    /** Where orders are kept by {@code BalancerPersist On}, beside the configuration. */
    private static final String DEFAULT_STATE_FILE = "fairlead.state";

    private OperationsReader() {}

    private static boolean persists(Entry root, Reading reading) {
        return Stream.concat(Stream.of(root), root.all("virtualhost").stream())
                .map(host -> Values.in(host, reading.problems()).flag("balancerpersist", false))
                .reduce(false, Boolean::logicalOr);
    }

    static OperationsConfig read(Entry root, Reading reading) {
        Values server = Values.in(root, reading.problems());
        return new OperationsConfig(
                server.flag("extendedstatus", true),
                Stream.concat(Stream.of(root), root.all("virtualhost").stream())
                        .map(host -> showsBalancers(Values.in(host, reading.problems())))
                        .reduce(false, Boolean::logicalOr),
                server.text("auditlog").map(String::strip).map(reading::path),
                server.text("statefile")
                        .map(String::strip)
                        .or(() -> persists(root, reading) ? Optional.of(DEFAULT_STATE_FILE) : Optional.empty())
                        .map(reading::path),
                RecorderReader.read(server));
    }

    /** {@code Full} shows the same: there is no more to be seen. */
    private static boolean showsBalancers(Values host) {
        return host.text("proxystatus")
                        .filter(text -> text.strip().equalsIgnoreCase("full"))
                        .isPresent()
                || host.flag("proxystatus", false);
    }
}
