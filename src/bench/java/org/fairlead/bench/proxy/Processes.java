package org.fairlead.bench.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel knows of a process with all its children, and of the whole machine. */
final class Processes {
    /** Linux counts CPU time in hundredths of a second towards user space, whatever its own clock is. */
    private static final double MICROS_PER_TICK = 10_000;

    private Processes() {}

    /** @param pssKib memory, each shared page divided by how many share it */
    record Usage(double cpuMicros, long pssKib, int threads) {}

    static double cpuMicros(ProcessHandle root) {
        return tree(root).mapToDouble(Processes::ticks).sum() * MICROS_PER_TICK;
    }

    static Usage usage(ProcessHandle root) {
        List<ProcessHandle> all = tree(root).toList();
        return new Usage(
                all.stream().mapToDouble(Processes::ticks).sum() * MICROS_PER_TICK,
                all.stream().mapToLong(p -> field(p, "smaps_rollup", "Pss:")).sum(),
                (int) all.stream()
                        .mapToLong(p -> field(p, "status", "Threads:"))
                        .sum());
    }

    /** CPU time that anybody but the idle task has used since the machine started, stolen time included. */
    static double machineBusyMicros() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            String[] words = lines.findFirst().orElse("").trim().split("\\s+");
            double busy = 0;
            // user nice system idle iowait irq softirq steal
            for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
                busy += Double.parseDouble(words[i]);
            }
            return busy * MICROS_PER_TICK;
        } catch (IOException e) {
            return 0;
        }
    }

    private static Stream<ProcessHandle> tree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private static double ticks(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Double.parseDouble(words[11]) + Double.parseDouble(words[12]);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long field(ProcessHandle process, String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), file))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(name.length()).trim().split("\\s+")[0]))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }
}
