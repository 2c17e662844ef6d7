package org.fairlead.bench.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * Fairlead beside its peers on this machine: the same members, the same client, round after round in turn.
 *
 * <p>On a small machine client, members and proxy share the processors, and other machines share those. So the figure
 * to trust is the CPU time that the proxy's processes use for a request, in the quiet half of the rounds: those in which
 * the machine did least besides the benchmark's own work.
 */
public final class ProxyBenchmark {
    private final Ground ground;
    private final List<Peer> peers;
    private final Load load;
    private final int rounds;
    private final double seconds;
    private final double warmUp;
    private final double warmUpMost;

    private ProxyBenchmark(Ground ground, List<Peer> peers, CommandLine line) throws IOException {
        this.ground = ground;
        this.peers = peers;
        this.load = new Load(ground.folder());
        this.rounds = Integer.parseInt(line.getOptionValue("rounds", "6"));
        this.seconds = Double.parseDouble(line.getOptionValue("seconds", "5"));
        this.warmUp = Double.parseDouble(line.getOptionValue("warmup", "20"));
        this.warmUpMost = Double.parseDouble(line.getOptionValue("warmup-most", "60"));
    }

    /**
     * What one peer did in one round.
     *
     * @param warmUp what had gone before the first round of its workload
     * @param foreignMicros CPU time of anybody else, for each second of the round
     */
    record Round(WarmUp warmUp, Load.Figures figures, double cpuMicros, double foreignMicros, Processes.Usage usage) {
        double microsPerRequest() {
            return figures.requests() == 0 ? Double.NaN : cpuMicros / figures.requests();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Options options = new Options()
                .addOption(option("peers", "NAMES", "which proxies, separated by commas"))
                .addOption(option("workloads", "NAMES", "which workloads, separated by commas, or all"))
                .addOption(option("rounds", "N", "how often each is measured"))
                .addOption(option("seconds", "S", "how long each measurement takes"))
                .addOption(option("warmup", "S", "how long a JVM is warmed up on each workload, at least"))
                .addOption(option("warmup-most", "S", "and at most, if it goes on getting cheaper"))
                .addOption(option("out", "FOLDER", "where results go"));
        CommandLine line = new DefaultParser().parse(options, arguments);
        Path out = Path.of(line.getOptionValue("out", "target/benchmark"));
        List<Workload> workloads = Workload.named(line.getOptionValue("workloads", "all"));
        Files.createDirectories(out);
        try (Ground ground = Ground.lay(Files.createTempDirectory("fairlead-benchmark"))) {
            Map<String, Peer> started = new LinkedHashMap<>();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.values().forEach(Peer::close);
                ground.end();
            }));
            for (String name : line.getOptionValue("peers", "fairlead,nginx,haproxy,httpd,undertow,jetty,smiley,vertx")
                    .split(";|,(?=[a-z0-9-]+(?:[,@]|$))")) {
                started.put(name, Recipes.of(name).start(name, ground));
            }
            ProxyBenchmark benchmark = new ProxyBenchmark(ground, List.copyOf(started.values()), line);
            Map<Workload, Map<String, List<Round>>> results = new EnumMap<>(Workload.class);
            for (Workload workload : workloads) {
                results.put(workload, benchmark.measure(workload));
                new BenchmarkReport(results).write(out);
            }
            System.out.println(new BenchmarkReport(results).markdown());
        }
    }

    /** One with a value. */
    static Option option(String name, String argument, String text) {
        return Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(argument)
                .desc(text)
                .get();
    }

    private Map<String, List<Round>> measure(Workload workload) throws IOException, InterruptedException {
        List<Peer> those = peers.stream().filter(peer -> peer.runs(workload)).toList();
        Map<String, WarmUp> warmUps = new HashMap<>();
        for (Peer peer : those) {
            warmUps.put(peer.name(), warmUp(workload, peer));
        }
        Map<String, List<Round>> all = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (Peer peer : those) {
                Round round = round(workload, peer, warmUps.get(peer.name()));
                all.computeIfAbsent(peer.name(), name -> new ArrayList<>()).add(round);
                System.err.printf(
                        "%s | %s: %.0f/s, %.1f us CPU, p99 %.1f ms, errors %d%n",
                        workload.title(),
                        peer.name(),
                        round.figures().requests() / round.figures().seconds(),
                        round.microsPerRequest(),
                        round.figures().p99() / 1_000,
                        round.figures().errors());
            }
        }
        return all;
    }

    private WarmUp warmUp(Workload workload, Peer peer) throws IOException, InterruptedException {
        if (!peer.onJvm()) {
            double length = Math.min(2, warmUp);
            if (length > 0) {
                cpuOfRequest(workload, peer, length);
            }
            return new WarmUp(length, WarmUp.End.NOT_LOOKED_AT);
        }
        return WarmUp.run(warmUp, warmUpMost, length -> {
            double micros = cpuOfRequest(workload, peer, length);
            System.err.printf("%s | %s: warming up, %.1f us CPU%n", workload.title(), peer.name(), micros);
            return micros;
        });
    }

    private double cpuOfRequest(Workload workload, Peer peer, double length) throws IOException, InterruptedException {
        double cpu = Processes.cpuMicros(peer.process().toHandle());
        long requests = load.run(workload, peer, length).requests();
        double used = Processes.cpuMicros(peer.process().toHandle()) - cpu;
        ground.letGo();
        return requests == 0 ? Double.NaN : used / requests;
    }

    private Round round(Workload workload, Peer peer, WarmUp before) throws IOException, InterruptedException {
        try (IdleConnections idle = IdleConnections.open(peer.port(), workload.idle())) {
            double cpu = Processes.cpuMicros(peer.process().toHandle());
            double machine = Processes.machineBusyMicros();
            double own = ownMicros();
            long start = System.nanoTime();
            Load.Figures figures = load.run(workload, peer, seconds);
            double took = (System.nanoTime() - start) / 1e9;
            Processes.Usage usage = Processes.usage(peer.process().toHandle());
            double foreign = (Processes.machineBusyMicros() - machine) - (ownMicros() - own);
            return new Round(
                    before, figures.with(idle.lost()), usage.cpuMicros() - cpu, Math.max(0, foreign) / took, usage);
        } finally {
            ground.letGo();
        }
    }

    /** What we, the members, the peers and the clients that have ended have used. */
    private double ownMicros() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ended = (Double.parseDouble(words[13]) + Double.parseDouble(words[14])) * 10_000;
        return ended + Processes.cpuMicros(ProcessHandle.current());
    }

    /** The half of the rounds in which others used least of the machine, at least one. */
    static List<Round> quiet(List<Round> rounds) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(Round::foreignMicros))
                .limit(Math.max(1, (rounds.size() + 1) / 2))
                .toList();
    }

    static Map<String, Double> medians(Map<String, List<Round>> rounds) {
        Map<String, Double> medians = new HashMap<>();
        rounds.forEach((name, list) -> medians.put(
                name,
                BenchmarkReport.median(
                        quiet(list).stream().map(Round::microsPerRequest).toList())));
        return medians;
    }
}
