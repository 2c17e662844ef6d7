package org.fairlead.bench.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;

/**
 * How much heap Fairlead's jar allocates for a request, seen from outside: what its collections freed, whole ones before
 * and after the load among them, divided by the requests that the client counted.
 *
 * <p>It needs nothing of the process but a collector's log, so any java and any jar can be measured.
 */
public final class AllocationBenchmark {
    private static final double MIB = 1024 * 1024;
    /** {@code Pause Full (Diagnostic Command) 34M->12M(494M) 20.1ms}, as JDK 17 to 25 write it. */
    private static final Pattern PAUSE = Pattern.compile("Pause .*? (\\d+)M->(\\d+)M\\(");

    private final Peer peer;
    private final Path log;
    private final Load load;

    private AllocationBenchmark(Peer peer, Path log, Load load) {
        this.peer = peer;
        this.log = log;
        this.load = load;
    }

    /** One collection. @param before MiB of heap in use when it began, garbage included */
    private record Pause(double before, double after) {}

    public static void main(String[] arguments) throws Exception {
        Options options = new Options()
                .addOption(ProxyBenchmark.option("java", "FILE", "which java runs it; else the one on the path"))
                .addOption(ProxyBenchmark.option("jar", "FILE", "which jar; else target/fairlead.jar"))
                .addOption(ProxyBenchmark.option("workloads", "NAMES", "which workloads, separated by commas"))
                .addOption(ProxyBenchmark.option("seconds", "S", "how long each is measured"))
                .addOption(ProxyBenchmark.option("warmup", "S", "how long each is run before"));
        CommandLine line = new DefaultParser().parse(options, arguments);
        try (Ground ground = Ground.lay(Files.createTempDirectory("fairlead-benchmark"))) {
            Path log = ground.folder().resolve("gc.log");
            String word = String.join(
                    ",",
                    "fairlead@serial=" + line.getOptionValue("java", "java"),
                    line.getOptionValue("jar", "target/fairlead.jar"),
                    "-XX:+UseSerialGC",
                    "-Xms512m",
                    "-Xmx512m",
                    "-Xmn256m",
                    "-Xlog:gc:file=" + log);
            Peer peer = Recipes.of(word).start(word, ground);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                peer.close();
                ground.end();
            }));
            AllocationBenchmark benchmark = new AllocationBenchmark(peer, log, new Load(ground.folder()));
            for (Workload workload : Workload.named(line.getOptionValue("workloads", "small_32,small_128"))) {
                benchmark.measure(
                        workload,
                        Double.parseDouble(line.getOptionValue("warmup", "15")),
                        Double.parseDouble(line.getOptionValue("seconds", "10")));
            }
        }
    }

    private void measure(Workload workload, double warmUp, double seconds) throws IOException, InterruptedException {
        if (warmUp > 0) {
            load.run(workload, peer, warmUp);
        }
        int first = collect();
        long requests = load.run(workload, peer, seconds).requests();
        int last = collect();
        List<Pause> pauses = pauses();
        double allocated = 0;
        for (int i = first + 1; i <= last; i++) {
            allocated += pauses.get(i).before() - pauses.get(i - 1).after();
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %.0f bytes of heap allocated per request (%d requests)%n",
                workload.title(),
                allocated * MIB / requests,
                requests);
    }

    /** Has the whole heap collected; returns the number of that pause, counted from 0. */
    private int collect() throws IOException, InterruptedException {
        String java = peer.process().toHandle().info().command().orElseThrow();
        Ground.run(List.of(
                Path.of(java).resolveSibling("jcmd").toString(),
                Long.toString(peer.process().pid()),
                "GC.run"));
        return pauses().size() - 1;
    }

    private List<Pause> pauses() throws IOException {
        List<Pause> pauses = new ArrayList<>();
        Matcher text = PAUSE.matcher(Files.readString(log));
        while (text.find()) {
            pauses.add(new Pause(Double.parseDouble(text.group(1)), Double.parseDouble(text.group(2))));
        }
        return pauses;
    }
}
