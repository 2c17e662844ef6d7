package org.fairlead.boot;

import java.util.List;
import org.fairlead.accesslog.AccessLogs;
import org.fairlead.config.ConfigException;
import org.fairlead.config.Problem;
import org.fairlead.model.ProxyConfig;

/** Check whether the access logs can be written, as httpd does before it starts; nothing is made or started. */
final class LogsCheck {
    private LogsCheck() {}

    /** @throws ConfigException with every log that cannot be written */
    static void run(ProxyConfig config) throws ConfigException {
        List<Problem> problems = AccessLogs.check(config).stream()
                .map(wrong -> new Problem(Problem.Severity.ERROR, wrong.source(), wrong.text()))
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
