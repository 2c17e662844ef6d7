package org.fairlead.accesslog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairlead.model.AccessLogConfig;
import org.fairlead.model.AccessLogConfig.ToFile;
import org.fairlead.model.AccessLogConfig.ToProgram;
import org.fairlead.model.HostConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.model.Source;

/** All access logs of one configuration, open. Thread-safe. */
public final class AccessLogs implements AutoCloseable {
    private static final String CONTAINER_HINT =
            "; in a container's WAR, name one of its own, such as ${sys:catalina.base}/logs/access.log";

    private final LogOutputs outputs;
    private final Map<HostConfig, HostLog> byHost = new IdentityHashMap<>();
    private final List<LogOutputs.Key> held = new ArrayList<>();
    private final boolean empty;

    private AccessLogs(ProxyConfig config, LogOutputs outputs) {
        this.outputs = outputs;
        hosts(config).forEach(host -> byHost.put(host, host(host)));
        this.empty = byHost.values().stream().allMatch(HostLog::isEmpty);
    }

    /** A log that cannot be written, and why. */
    public record Wrong(Source source, String text) {}

    /**
     * Opens every log of a configuration; those that are open already are shared.
     *
     * @throws IllegalArgumentException if one cannot be opened; the message names its line
     */
    public static AccessLogs open(ProxyConfig config, LogOutputs outputs) {
        List<Wrong> wrong = check(config);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    wrong.get(0).source() + ": " + wrong.get(0).text());
        }
        return new AccessLogs(config, outputs);
    }

    private static Stream<HostConfig> hosts(ProxyConfig config) {
        return Stream.concat(Stream.of(config.mainHost()), config.virtualHosts().stream());
    }

    private HostLog host(HostConfig host) {
        List<HostLog.Log> logs = new ArrayList<>();
        for (AccessLogConfig log : host.accessLogs()) {
            logs.add(new HostLog.Log(LogCondition.of(log.condition()), LogFormat.compile(log.format()), output(log)));
        }
        return logs.isEmpty() ? HostLog.NONE : new HostLog(logs);
    }

    private LogOutput output(AccessLogConfig log) {
        LogOutputs.Key key = LogOutputs.Key.of(log);
        try {
            LogOutput output = outputs.acquire(key);
            held.add(key);
            return output;
        } catch (IOException e) {
            close();
            throw new IllegalArgumentException(log.source() + ": " + text(log, e.getMessage()), e);
        }
    }

    /** Whether no host logs anything, so that nothing needs to be recorded of requests. */
    public boolean isEmpty() {
        return empty;
    }

    /** The logs of one of the configuration's hosts, which is identified by reference. */
    public HostLog of(HostConfig host) {
        return byHost.getOrDefault(host, HostLog.NONE);
    }

    /** Writes the remaining lines and closes the outputs that no other configuration uses. */
    @Override
    public void close() {
        held.forEach(outputs::release);
        held.clear();
    }

    /** Which logs of a configuration cannot be written; nothing is made or started. */
    public static List<Wrong> check(ProxyConfig config) {
        return hosts(config)
                .flatMap(host -> host.accessLogs().stream())
                .distinct()
                .flatMap(log -> wrong(log).map(reason -> new Wrong(log.source(), text(log, reason))).stream())
                .distinct()
                .toList();
    }

    private static String text(AccessLogConfig log, String reason) {
        return "access log '" + log.destination().written() + "': " + reason;
    }

    private static Optional<String> wrong(AccessLogConfig log) {
        if (log.destination() instanceof ToProgram program) {
            Path path = Path.of(program.command().get(0));
            return path.isAbsolute() && !Files.isExecutable(path)
                    ? Optional.of("no program is there (expected: one that may be run)")
                    : Optional.empty();
        }
        Path file = ((ToFile) log.destination()).path();
        Path folder = file.getParent();
        String user = "the user " + System.getProperty("user.name");
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.of(
                    "the folder is not there (expected: one that " + user + " may write to" + CONTAINER_HINT + ")");
        }
        if (Files.isDirectory(file)) {
            return Optional.of("is a folder (expected: a file)");
        }
        boolean writable = Files.exists(file) ? Files.isWritable(file) : Files.isWritable(folder);
        return writable
                ? Optional.empty()
                : Optional.of(user + " may not write there (expected: a file that it may" + CONTAINER_HINT + ")");
    }
}
