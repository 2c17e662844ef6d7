package org.fairlead.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** Parser of the command line. */
final class CommandLine {
    private static final int DEFAULT_PORT = 8080;

    /** A demonstration shows what a client sent, and members of a command line have no access rules. */
    private static final String LOOPBACK = "127.0.0.1";

    private static final String USAGE = """
            Usage: java -jar fairlead.jar COMMAND

              --config FILE         run with this configuration: .conf (httpd's syntax), or .yaml, .yml, .json,
                                    .properties, .xml (the native form)
              --balance URL,URL...  balance these members, without a file
              --demo                run two sample members and a proxy in front of them
                --port N            where --balance and --demo listen (default 8080; 0 = any free port)
                --address ADDRESS   the address they listen on (default 127.0.0.1; 0.0.0.0 = all of this machine)
              --check FILE          say whether a configuration is valid: exit 0 or 1 with every problem
                --strict            exit 1 also where it runs, but not as in httpd
              --print FILE          show a configuration in the native form (converts httpd's syntax to YAML)
              --explain FILE REQUEST
                                    say what would become of a request such as 'GET https://www.example.com/cart?x=1',
                                    and why; nothing is sent
                -H 'NAME: VALUE'    a field of the request (may be repeated)
                --client ADDRESS    which peer it comes from (default 127.0.0.1)
                --json              as JSON
                --show-secrets      with credentials and cookies, which are masked else
              --diff OLD NEW [REQUEST]
                                    say of which requests a new configuration makes something else, or of this one:
                                    exit 0 none, 1 some, 2 a file is refused; -H and --client as above
              --status URL          one line for Nagios from the admin API at URL (http://USER:PASSWORD@HOST/api):
                                    exit 0 all well, 1 members are out, 2 a balancer has none, 3 not known
              --drain URL BALANCER MEMBER
              --enable URL BALANCER MEMBER
              --disable URL BALANCER MEMBER
              --weight URL BALANCER MEMBER LOADFACTOR
                                    give this order: exit 0 done, 1 not drained in time, 2 refused, 3 not known
                --wait TIME         with --drain: until it is drained, as 90s or 5m
                --reason TEXT       why, for the audit
              --archive-classes FILE
                                    make a file with which this jar starts faster
              --version             show the version
              --help                show this

            Exit codes: 0 stopped or valid, 1 configuration refused or no archive made, 2 command line not
                        understood, 3 port not available.
            """;

    /** Arguments of the commands that talk to a running Fairlead. */
    private static final Map<String, String> OPERATIONS = Map.of(
            "status", "URL",
            "drain", "URL BALANCER MEMBER",
            "enable", "URL BALANCER MEMBER",
            "disable", "URL BALANCER MEMBER",
            "weight", "URL BALANCER MEMBER LOADFACTOR");

    private CommandLine() {}

    /** The command line is not understood; the message says why. */
    static final class UsageException extends Exception {
        UsageException(String message) {
            super(message);
        }
    }

    static Command parse(String... arguments) throws UsageException {
        Options options = new Options();
        Stream.of(
                        "config",
                        "balance",
                        "check",
                        "print",
                        "archive-classes",
                        "port",
                        "address",
                        "explain",
                        "diff",
                        "client",
                        "wait",
                        "reason")
                .forEach(name -> options.addOption(
                        Option.builder().longOpt(name).hasArg().get()));
        options.addOption(Option.builder("H").hasArg().get());
        Stream.of(
                        "demo",
                        "help",
                        "version",
                        "strict",
                        "json",
                        "show-secrets",
                        "status",
                        "drain",
                        "enable",
                        "disable",
                        "weight")
                .forEach(
                        name -> options.addOption(Option.builder().longOpt(name).get()));
        org.apache.commons.cli.CommandLine line;
        try {
            line = DefaultParser.builder().setAllowPartialMatching(false).get().parse(options, arguments);
        } catch (ParseException e) {
            throw new UsageException(e.getMessage());
        }
        if (!line.getArgList().isEmpty()
                && !line.hasOption("explain")
                && !line.hasOption("diff")
                && operation(line).isEmpty()) {
            throw new UsageException("'" + line.getArgList().get(0) + "' is not an option");
        }
        return command(line);
    }

    private static Command command(org.apache.commons.cli.CommandLine line) throws UsageException {
        List<String> commands = Stream.of(
                        "config",
                        "balance",
                        "demo",
                        "check",
                        "print",
                        "archive-classes",
                        "explain",
                        "diff",
                        "status",
                        "drain",
                        "enable",
                        "disable",
                        "weight",
                        "help",
                        "version")
                .filter(line::hasOption)
                .toList();
        if (commands.size() != 1) {
            throw new UsageException(
                    commands.isEmpty()
                            ? "say what to do, for example --config FILE or --demo"
                            : "--" + String.join(" and --", commands) + " cannot stand together");
        }
        String name = commands.get(0);
        boolean listens = name.equals("balance") || name.equals("demo");
        for (String option : List.of("port", "address")) {
            if (line.hasOption(option) && !listens) {
                throw new UsageException(
                        "--" + option + " goes with --balance and --demo; in a configuration, write Listen");
            }
        }
        if (line.hasOption("strict") && !name.equals("check")) {
            throw new UsageException("--strict goes with --check");
        }
        for (String option : List.of("H", "client", "json", "show-secrets")) {
            boolean diffs = name.equals("diff") && (option.equals("H") || option.equals("client"));
            if (line.hasOption(option) && !name.equals("explain") && !diffs) {
                throw new UsageException((option.equals("H") ? "-" : "--") + option + " goes with --explain");
            }
        }
        for (String option : List.of("wait", "reason")) {
            if (line.hasOption(option) && operation(line).isEmpty()) {
                throw new UsageException("--" + option + " goes with --drain and the like");
            }
        }
        return switch (name) {
            case "status", "drain", "enable", "disable", "weight" -> operate(name, line);
            case "config" -> new Command.Serve(Path.of(line.getOptionValue("config")));
            case "check" -> new Command.Check(Path.of(line.getOptionValue("check")), line.hasOption("strict"));
            case "print" -> new Command.Print(Path.of(line.getOptionValue("print")));
            case "archive-classes" -> new Command.ArchiveClasses(Path.of(line.getOptionValue("archive-classes")));
            case "explain" -> explain(line);
            case "diff" -> diff(line);
            case "balance" ->
                new Command.Balance(List.of(line.getOptionValue("balance").split(",")), listen(line));
            case "demo" -> new Command.Demo(listen(line));
            case "help" -> new Command.Help();
            default -> new Command.Version();
        };
    }

    private static Optional<String> operation(org.apache.commons.cli.CommandLine line) {
        return OPERATIONS.keySet().stream().filter(line::hasOption).findFirst();
    }

    private static Command operate(String name, org.apache.commons.cli.CommandLine line) throws UsageException {
        String expected = OPERATIONS.get(name);
        if (line.getArgList().size() != expected.split(" ").length) {
            throw new UsageException("--" + name + " (expected: --" + name + " " + expected + ")");
        }
        if (line.hasOption("wait") && !name.equals("drain")) {
            throw new UsageException("--wait goes with --drain");
        }
        return new Command.Operate(
                name,
                line.getArgList(),
                Optional.ofNullable(line.getOptionValue("wait")),
                line.getOptionValue("reason", ""));
    }

    /** Listen address of these commands, as {@code Listen} has it: loopback, unless another address is named. */
    private static String listen(org.apache.commons.cli.CommandLine line) throws UsageException {
        String address = line.getOptionValue("address", LOOPBACK);
        return (address.indexOf(':') >= 0 && !address.startsWith("[") ? "[" + address + "]" : address) + ":"
                + port(line);
    }

    private static Command explain(org.apache.commons.cli.CommandLine line) throws UsageException {
        List<String> requests = line.getArgList();
        if (requests.size() != 1) {
            throw new UsageException(
                    requests.isEmpty()
                            ? "--explain FILE needs a request behind it, for example 'GET https://www.example.com/'"
                            : "'" + requests.get(1) + "' is one request too many; put METHOD and URL between quotes");
        }
        String[] fields = line.getOptionValues("H");
        return new Command.Explain(
                Path.of(line.getOptionValue("explain")),
                requests.get(0),
                fields == null ? List.of() : List.of(fields),
                line.getOptionValue("client", "127.0.0.1"),
                line.hasOption("json"),
                line.hasOption("show-secrets"));
    }

    private static Command diff(org.apache.commons.cli.CommandLine line) throws UsageException {
        List<String> others = line.getArgList();
        if (others.isEmpty() || others.size() > 2) {
            throw new UsageException("--diff (expected: --diff OLD NEW, and at most one request between quotes)");
        }
        String[] fields = line.getOptionValues("H");
        return new Command.Diff(
                Path.of(line.getOptionValue("diff")),
                Path.of(others.get(0)),
                others.stream().skip(1).findFirst(),
                fields == null ? List.of() : List.of(fields),
                line.getOptionValue("client", LOOPBACK));
    }

    private static int port(org.apache.commons.cli.CommandLine line) throws UsageException {
        String text = line.getOptionValue("port", Integer.toString(DEFAULT_PORT));
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // The message below covers both.
        }
        throw new UsageException("--port '" + text + "' (expected: 0 to 65535)");
    }

    static String help() {
        return USAGE;
    }

    /** The version this was built as. */
    static String version() {
        Properties properties = new Properties();
        try (InputStream in = CommandLine.class.getResourceAsStream("/org/fairlead/version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("the jar lacks its version", e);
        }
        return properties.getProperty("version");
    }
}
