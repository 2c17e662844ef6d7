package org.fairlead.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Status pages, audit log, state file and recorder of the process.
 *
 * @param extendedStatus {@code ExtendedStatus}: whether totals are shown; default on
 * @param proxyStatus {@code ProxyStatus}: whether server-status shows balancers; default off
 * @param auditLog {@code AuditLog}: a file that gets a line for each order; empty = the log alone
 * @param stateFile {@code StateFile}, or its default where {@code BalancerPersist} is on: a file that keeps orders over
 *     a restart; empty = they end with the process
 * @param recorder {@code RequestRecorder}: which requests are kept with the reasons of their decisions; default off
 */
public record OperationsConfig(
        boolean extendedStatus,
        boolean proxyStatus,
        Optional<Path> auditLog,
        Optional<Path> stateFile,
        RecorderConfig recorder) {
    /** httpd's defaults. */
    public static final OperationsConfig DEFAULTS =
            new OperationsConfig(true, false, Optional.empty(), Optional.empty(), RecorderConfig.OFF);
}
