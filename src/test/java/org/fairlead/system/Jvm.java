package org.fairlead.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a JVM in a process of its own holds at this moment, as Linux and {@code jcmd} tell. */
final class Jvm {
    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)$");
    private static final Pattern PROPORTIONAL = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB$");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)$");

    private static final Pattern LINE = Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)");

    private final long pid;

    private Jvm(long pid) {
        this.pid = pid;
    }

    static Jvm of(FairleadJar jar) {
        return new Jvm(jar.pid());
    }

    static Jvm of(Container container) {
        return new Jvm(container.pid());
    }

    /** Threads of the operating system: carriers of virtual threads count, virtual threads do not. */
    int threads() {
        return Integer.parseInt(find(THREADS, read(Path.of("/proc", Long.toString(pid), "status"))));
    }

    /** Open files and sockets. */
    int descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return Math.toIntExact(open.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Memory of the machine that it takes, its share of what is shared, in KiB. */
    long proportionalKib() {
        return Long.parseLong(find(PROPORTIONAL, read(Path.of("/proc", Long.toString(pid), "smaps_rollup"))));
    }

    /** Processor time of all its threads since its start. */
    long cpuMillis() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("no process " + pid))
                .toMillis();
    }

    /** Collects garbage and returns what is left. */
    Heap collect() {
        return new Heap(jcmd("GC.class_histogram"));
    }

    /** Says what runs, for the message of a failed test. */
    String threadDump() {
        return jcmd("Thread.print");
    }

    private String jcmd(String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        ServerProcess run = ServerProcess.finish(new ProcessBuilder(jcmd.toString(), Long.toString(pid), command));
        if (run.awaitExit() != 0) {
            throw new IllegalStateException(command + ":\n" + run.output());
        }
        return run.output();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in:\n" + text);
        }
        return matcher.group(1);
    }

    /** Live objects by their class. */
    record Heap(String histogram) {
        /** Bytes of all of them. */
        long bytes() {
            return Long.parseLong(find(TOTAL, histogram));
        }

        /** The classes whose objects have come to take most more bytes since then, as text. */
        String growthSince(Heap before) {
            Map<String, Long> old = before.byClass();
            return byClass().entrySet().stream()
                    .map(now -> Map.entry(now.getKey(), now.getValue() - old.getOrDefault(now.getKey(), 0L)))
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(8)
                    .map(grown -> grown.getKey() + " +" + grown.getValue() / 1024 + " KiB")
                    .collect(Collectors.joining(", "));
        }

        private Map<String, Long> byClass() {
            Map<String, Long> bytes = new HashMap<>();
            Matcher line = LINE.matcher(histogram);
            while (line.find()) {
                bytes.merge(line.group(2), Long.parseLong(line.group(1)), Long::sum);
            }
            return bytes;
        }

        /** How many there are of one class, 0 if it is not there. */
        int count(String className) {
            Matcher line = Pattern.compile(
                            "(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "(?: .*)?$")
                    .matcher(histogram);
            return line.find() ? Integer.parseInt(line.group(1)) : 0;
        }
    }
}
