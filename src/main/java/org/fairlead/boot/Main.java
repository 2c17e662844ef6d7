package org.fairlead.boot;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.fairlead.concurrent.OutOfMemory;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.config.Problem;
import org.fairlead.connector.Listeners;
import org.fairlead.upstream.JvmAddressCache;

/**
 * {@code java -jar fairlead.jar}. Exit codes: 0 stopped or nothing wrong, 1 the configuration is refused, 2 the command
 * line is not understood, 3 a port is taken or may not be opened.
 */
public final class Main {
    private static final System.Logger LOG = System.getLogger(Main.class.getName());

    static final int OK = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int PORT = 3;

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs one command; a started proxy keeps the process alive until it is stopped. */
    public static void main(String... arguments) {
        JvmAddressCache.turnOff();
        JarLogging.configure();
        OutOfMemory.endsProcess();
        int code = new Main(System.out, System.err).run(arguments);
        if (code != RUNNING) {
            System.exit(code);
        }
    }

    /** The proxy runs on its own threads now, so there is no exit code yet. */
    static final int RUNNING = -1;

    int run(String... arguments) {
        try {
            Command command = CommandLine.parse(arguments);
            if (command instanceof Command.Help) {
                out.print(CommandLine.help());
                return OK;
            } else if (command instanceof Command.Version) {
                out.println("fairlead " + CommandLine.version());
                return OK;
            } else if (command instanceof Command.Check check) {
                return check(check);
            } else if (command instanceof Command.Print print) {
                out.print(new ConfigLoader().load(print.file()).yaml());
                return OK;
            } else if (command instanceof Command.Explain explain) {
                out.print(ExplainCommand.run(explain));
                return OK;
            } else if (command instanceof Command.Diff diff) {
                return new DiffCommand(diff, out, err).run();
            } else if (command instanceof Command.Operate operate) {
                return new OperateCommand(operate, out, err).run();
            } else if (command instanceof Command.Serve serve) {
                return serve(new ConfigLoader().load(serve.file()));
            } else if (command instanceof Command.Balance balance) {
                return serve(new ConfigLoader().balance(balance.urls(), balance.listen()));
            } else if (command instanceof Command.Demo demo) {
                return demo(demo.listen());
            } else if (command instanceof Command.ArchiveClasses archive) {
                return archive(new ClassArchive(archive.file()));
            }
            throw new IllegalStateException("a command without an action: " + command);
        } catch (CommandLine.UsageException e) {
            err.println("fairlead: " + e.getMessage());
            err.println("fairlead: try --help");
            return USAGE;
        } catch (ConfigException e) {
            e.problems().forEach(err::println);
            return REFUSED;
        } catch (Listeners.PortException e) {
            e.problems().forEach(problem -> err.println("fairlead: " + problem.text()));
            return PORT;
        }
    }

    private int archive(ClassArchive archive) {
        try {
            archive.make();
            out.println("fairlead: start with    java " + archive.option() + " -jar fairlead.jar --config FILE");
            return OK;
        } catch (ClassArchive.ArchiveException e) {
            err.println("fairlead: no archive: " + e.getMessage());
            return REFUSED;
        }
    }

    private int check(Command.Check command) {
        List<Problem> notices = List.of();
        try {
            LoadedConfig loaded = new ConfigLoader().load(command.file());
            notices = loaded.notices();
            MembersCheck.run(loaded.config());
            LogsCheck.run(loaded.config());
        } catch (ConfigException e) {
            List<Problem> all = new ArrayList<>(e.problems());
            all.addAll(notices);
            Report.print(all, err);
            return REFUSED;
        }
        Report.print(notices, err);
        boolean differs = notices.stream().anyMatch(n -> n.severity() == Problem.Severity.DIFFERENCE);
        if (command.strict() && differs) {
            err.println("Syntax OK, but it differs from httpd (--strict)");
            return REFUSED;
        }
        out.println("Syntax OK");
        return OK;
    }

    private int serve(LoadedConfig loaded) throws ConfigException, Listeners.PortException {
        // Before anything that takes time: without a handler, SIGHUP ends a JVM. A signal until then needs no second
        // reading.
        AtomicReference<Runnable> reload = new AtomicReference<>(() -> {});
        ReloadSignal.install(() -> reload.get().run());
        tell(loaded.notices());
        MembersCheck.run(loaded.config());
        LogsCheck.run(loaded.config());
        EmbeddedTomcat tomcat = EmbeddedTomcat.start(loaded, Main::leave);
        reload.set(tomcat::reload);
        stopAtSignal(tomcat, () -> {});
        tomcat.urls().forEach(url -> out.println("fairlead: listening on " + url));
        out.flush();
        return RUNNING;
    }

    private int demo(String listen) throws ConfigException, Listeners.PortException {
        SampleMembers members = SampleMembers.start();
        int console = DemoConfiguration.freeConsolePort();
        String text = DemoConfiguration.text(members.urls(), listen, console);
        EmbeddedTomcat tomcat = EmbeddedTomcat.start(new ConfigLoader().load(text, "conf", "--demo"), Main::leave);
        stopAtSignal(tomcat, members::close);
        String url = tomcat.urls().get(0);
        out.println("fairlead: listening on " + url);
        List.of(
                        "fairlead: two sample members run behind it: " + String.join(" and ", members.urls()),
                        "fairlead: try    curl " + url + "/          (again: the members take turns)",
                        "fairlead: try    curl " + url + "/headers   (what a member is told)",
                        "fairlead: try    curl -N " + url + "/events (a slow stream, passed on as it comes)",
                        "fairlead: try    curl " + url + "/stop      (a member goes away, and nobody notices)",
                        "fairlead: see    http://localhost:" + console + "/console  (what runs, and the orders for it)",
                        "fairlead: stop with Ctrl-C")
                .forEach(out::println);
        out.flush();
        return RUNNING;
    }

    /** Ends the process as a signal would, so that its supervisor starts a fresh one. */
    private static void leave() {
        LOG.log(System.Logger.Level.INFO, "MaxConnectionsPerChild is reached: finishing what runs, then ending");
        new Thread(() -> System.exit(OK), "fairlead-leave").start();
    }

    private void tell(List<Problem> notices) {
        notices.forEach(err::println);
    }

    /** Shutdown at SIGTERM and SIGINT; the exit code says that it was requested, where a JVM would return 143. */
    private static void stopAtSignal(EmbeddedTomcat tomcat, Runnable last) {
        Runnable stop = () -> {
            tomcat.stop();
            last.run();
        };
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            BoundedStop.run(stop, tomcat.patience());
                            Runtime.getRuntime().halt(OK);
                        },
                        "fairlead-stop"));
    }
}
