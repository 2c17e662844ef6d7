package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The benchmarks in little, so that they do not rot: they run and report. What they measure is judged by nobody. */
class BenchmarkIT {
    @Test
    void theComparisonWritesATableFiguresAndAPlotWithARowForEachPeer() throws Exception {
        assumeTools("nginx", "openssl", "wrk");
        Path out = Leftovers.directory("benchmark");
        run(
                "ProxyBenchmark",
                "--peers",
                "fairlead@this=" + FairleadJar.java() + "," + FairleadJar.path() + ";nginx",
                "--workloads",
                "small_32",
                "--rounds",
                "1",
                "--seconds",
                "1",
                "--warmup",
                "2",
                "--warmup-most",
                "0",
                "--out",
                out.toString());
        assertThat(Files.readString(out.resolve("benchmark.md")))
                .contains("**small, c=32**")
                .containsPattern("\\| fairlead@this \\| [0-9.]+ \\(")
                .containsPattern("\\| nginx \\| [0-9.]+ \\([0-9.]+-[0-9.]+\\) \\| 1\\.00 \\|");
        assertThat(Files.readAllLines(out.resolve("benchmark.json")))
                .filteredOn(line -> line.contains("\"SMALL_32\""))
                .hasSize(2)
                .anyMatch(line -> line.contains("\"fairlead@this\""))
                .anyMatch(line -> line.contains("\"nginx\""))
                .noneMatch(line -> line.contains("\"requests\":0,"))
                .allMatch(line -> line.contains("\"warmUpSeconds\":2,"));
        assertThat(texts(out.resolve("benchmark.svg"))).contains("small, c=32", "fairlead@this", "nginx", "1.00");
    }

    @Test
    void theAllocationOfARequestIsOneFigure() throws Exception {
        assumeTools("nginx", "openssl", "wrk");
        String output = run(
                "AllocationBenchmark",
                "--java",
                FairleadJar.java(),
                "--jar",
                FairleadJar.path().toString(),
                "--workloads",
                "small_32",
                "--seconds",
                "1",
                "--warmup",
                "0");
        assertThat(output)
                .containsPattern("small, c=32: [1-9][0-9]* bytes of heap allocated per request \\([1-9][0-9]* req");
    }

    /** Runs a benchmark to its end in a process of its own; its folders go with this JVM. */
    private static String run(String benchmark, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                FairleadJar.java(),
                "-Djava.io.tmpdir=" + Leftovers.directory("ground"),
                "-cp",
                System.getProperty("java.class.path"),
                "org.fairlead.bench.proxy." + benchmark));
        command.addAll(List.of(arguments));
        ServerProcess finished = ServerProcess.finish(new ProcessBuilder(command));
        assertThat(finished.awaitExit()).as(finished::output).isZero();
        return finished.output();
    }

    private static List<String> texts(Path svg) throws Exception {
        var elements = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(svg.toFile())
                .getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            texts.add(elements.item(i).getTextContent());
        }
        return texts;
    }

    /** Skips the test, loudly, where a tool is missing: such a run has not tried the benchmark. */
    private static void assumeTools(String... names) {
        for (String name : names) {
            boolean there = Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
            if (!there) {
                System.err.println("SKIPPED: no " + name + ", so the benchmark is not tried");
            }
            Assumptions.assumeTrue(there, name + " is installed");
        }
    }
}
