package org.fairlead.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairlead.accesslog.LogFormat;
import org.fairlead.model.AccessLogConfig;
import org.fairlead.model.AccessLogConfig.Always;
import org.fairlead.model.AccessLogConfig.Destination;
import org.fairlead.model.AccessLogConfig.IfExpression;
import org.fairlead.model.AccessLogConfig.IfVariable;
import org.fairlead.model.AccessLogConfig.LogCondition;
import org.fairlead.model.AccessLogConfig.ToFile;
import org.fairlead.model.AccessLogConfig.ToProgram;

/**
 * Reads the access logs of a host. As in httpd, a host with a log of its own does not log to the main server's, except
 * {@code GlobalLog}; nicknames may be defined after their use.
 */
final class AccessLogReader {
    private static final String COMMON_LOG_FORMAT = "%h %l %u %t \"%r\" %>s %b";

    /** httpd's own nickname, and those that Debian's apache2.conf gives: a site's file may be all there is here. */
    private static final Map<String, String> KNOWN = Map.of(
            "CLF",
            COMMON_LOG_FORMAT,
            "vhost_combined",
            "%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"",
            "combined",
            "%h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"",
            "common",
            "%h %l %u %t \"%r\" %>s %O",
            "referer",
            "%{Referer}i -> %U",
            "agent",
            "%{User-agent}i",
            "fairlead_json",
            "%^js");

    private static final Set<String> LINES = Set.of("customlog", "transferlog", "globallog");
    private static final Pattern PROVIDER = Pattern.compile("(?i)(syslog|journald)(:.*)?");

    private final List<Entry> servers;
    private final Reading reading;

    private AccessLogReader(List<Entry> servers, Reading reading) {
        this.servers = servers;
        this.reading = reading;
    }

    static List<AccessLogConfig> read(Server server, Reading reading) {
        List<Entry> servers = Stream.concat(server.main().map(Server::entry).stream(), Stream.of(server.entry()))
                .toList();
        return new AccessLogReader(servers, reading).read(server.entry());
    }

    /** Whether a log's target is a file, so that a relative name counts from a folder. */
    static boolean isFile(String target) {
        return !target.startsWith("|") && !PROVIDER.matcher(target).matches();
    }

    private List<AccessLogConfig> read(Entry host) {
        Values.in(host, reading.problems()).flag("bufferedlogs", false);
        host.all("logformat").forEach(line -> checkFormat(line, line.text("format")));
        List<AccessLogConfig> own = new ArrayList<>();
        lines(host).forEach(line -> log(line, true).ifPresent(own::add));
        boolean main = servers.size() == 1;
        if (!main) {
            // Errors in these were reported when the main server was read.
            lines(servers.get(0))
                    .filter(line -> own.isEmpty() || line.name().equals("globallog"))
                    .toList()
                    .forEach(line -> log(line, false).ifPresent(own::add));
        }
        return own;
    }

    private static Stream<Entry> lines(Entry server) {
        return server.named(LINES::contains).stream();
    }

    private Optional<AccessLogConfig> log(Entry line, boolean tell) {
        boolean transfer = line.name().equals("transferlog");
        String format = transfer ? usual() : format(line.text("format"));
        if (tell && !checkFormat(line, format)) {
            return Optional.empty();
        }
        if (tell && !transfer && format.indexOf('%') < 0) {
            reading.problems()
                    .difference(
                            line.source(),
                            line.spelling() + ": no LogFormat has the nickname '" + Quoted.of(format)
                                    + "', so each line is that text");
        }
        Optional<LogCondition> condition = condition(line, tell);
        return destination(line, transfer ? line.value() : line.text("file"), tell)
                .flatMap(to -> condition.map(when -> new AccessLogConfig(to, format, when, buffered(), line.source())));
    }

    private boolean checkFormat(Entry line, String format) {
        try {
            if (format.isEmpty()) {
                throw new IllegalArgumentException("'' (expected: a format, or the nickname of one)");
            }
            LogFormat.compile(format);
            return true;
        } catch (IllegalArgumentException e) {
            reading.problems().error(line.source(), line.spelling() + ": format " + Quoted.of(e.getMessage()));
            return false;
        }
    }

    private boolean buffered() {
        return servers.stream()
                .flatMap(server -> server.last("bufferedlogs").stream())
                .reduce((first, second) -> second)
                .flatMap(entry -> Values.flagOf(entry.value()))
                .orElse(false);
    }

    /** The format of that nickname, the host's own before the main server's; else the text itself. */
    private String format(String written) {
        Map<String, String> formats = new HashMap<>(KNOWN);
        for (Entry server : servers) {
            server.all("logformat").stream()
                    .filter(line -> line.has("name"))
                    .forEach(line -> formats.put(line.text("name"), line.text("format")));
        }
        return formats.getOrDefault(written, written);
    }

    /** The last {@code LogFormat} without a nickname; it may name one. */
    private String usual() {
        return servers.stream()
                .flatMap(server -> server.all("logformat").stream().filter(line -> !line.has("name")))
                .map(line -> format(line.text("format")))
                .reduce((first, second) -> second)
                .orElse(COMMON_LOG_FORMAT);
    }

    private Optional<LogCondition> condition(Entry line, boolean tell) {
        String expression = line.text("expr");
        if (line.has("expr")) {
            boolean good = !tell || Expressions.isCondition(expression, line, reading.problems());
            return good ? Optional.of(new IfExpression(expression)) : Optional.empty();
        }
        String name = line.text("env");
        if (!line.has("env")) {
            return Optional.of(new Always());
        }
        boolean negated = name.startsWith("!");
        String variable = negated ? name.substring(1) : name;
        if (variable.isEmpty() && tell) {
            reading.problems().badValue(line.source(), line.spelling(), "env=" + name, "env=NAME or env=!NAME");
        }
        return variable.isEmpty() ? Optional.empty() : Optional.of(new IfVariable(variable, !negated));
    }

    private Optional<Destination> destination(Entry line, String written, boolean tell) {
        if (isFile(written) && !written.isBlank()) {
            return Optional.of(new ToFile(reading.path(written).toAbsolutePath()));
        }
        List<String> command = command(written);
        if (!command.isEmpty()) {
            return Optional.of(new ToProgram(command));
        }
        if (tell) {
            String expected = PROVIDER.matcher(written).matches()
                    ? "a file, or a program behind a bar; for the system's log \"|/usr/bin/logger -t fairlead\""
                    : "a file, or a program behind a bar";
            reading.problems().badValue(line.source(), line.spelling(), Quoted.of(written), expected);
        }
        return Optional.empty();
    }

    /** {@code |} and {@code ||} start the program itself, {@code |$} a shell. */
    private static List<String> command(String written) {
        if (!written.startsWith("|")) {
            return List.of();
        }
        String text = written.substring(1);
        if (text.startsWith("$")) {
            return text.length() == 1 ? List.of() : List.of("/bin/sh", "-c", text.substring(1));
        }
        List<String> words = new HttpdWords(text.startsWith("|") ? text.substring(1) : text).all();
        return words.isEmpty() || words.get(0).isEmpty() ? List.of() : words;
    }
}
