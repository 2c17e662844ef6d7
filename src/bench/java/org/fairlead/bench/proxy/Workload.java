package org.fairlead.bench.proxy;

import java.util.List;

/** What is asked of every proxy: the client's tool, how many connections, which path. */
enum Workload {
    SMALL_32("small, c=32", Tool.WRK, 32, "/small", false),
    SMALL_128("small, c=128", Tool.WRK, 128, "/small", false),
    SMALL_512("small, c=512", Tool.WRK, 512, "/small", false),
    KIB_64("64 KiB, c=64", Tool.WRK, 64, "/64k", false),
    MIB_1("1 MiB, c=64", Tool.WRK, 64, "/1m", false),
    POST_16K("POST 16 KiB, c=64", Tool.WRK_POST, 64, "/post", false),
    CHUNKED("chunked upload 16 KiB, c=64", Tool.WRK_CHUNKED, 64, "/post", false),
    CHURN("connection churn, c=64", Tool.WRK_CLOSE, 64, "/small", false),
    TLS("TLS 1.3 keep-alive, c=64", Tool.WRK, 64, "/small", true),
    TLS_CHURN("TLS 1.3 churn, c=64", Tool.WRK_CLOSE, 64, "/small", true),
    H2("h2 over TLS, 16 x 10", Tool.H2LOAD, 16, "/small", true),
    SLOW_5000("5,000 in flight, members answer after 1 s", Tool.WRK, 5_000, "/slow/", false),
    IDLE_10000("small, c=32, beside 10,000 idle connections", Tool.WRK, 32, "/small", false),
    TAIL_SLOW("tail: one of two members 10 x slower, 1,000 requests/s", Tool.ARRIVALS, 1_000, "/uneven/", false),
    TAIL_STALL(
            "tail: one of two members stalls 200 ms a second, 1,000 requests/s",
            Tool.ARRIVALS,
            1_000,
            "/stalling/",
            false);

    /** How the client is run. */
    enum Tool {
        WRK,
        WRK_POST,
        WRK_CHUNKED,
        WRK_CLOSE,
        H2LOAD,
        /** {@link Arrivals}, and a number of requests a second instead of connections. */
        ARRIVALS
    }

    private final String title;
    private final Tool tool;
    private final int connections;
    private final String path;
    private final boolean tls;

    Workload(String title, Tool tool, int connections, String path, boolean tls) {
        this.title = title;
        this.tool = tool;
        this.connections = connections;
        this.path = path;
        this.tls = tls;
    }

    String title() {
        return title;
    }

    Tool tool() {
        return tool;
    }

    /** How many connections the client works on; for arrivals, how many requests come in a second. */
    int connections() {
        return connections;
    }

    String path() {
        return path;
    }

    boolean tls() {
        return tls;
    }

    /** How many connections are there beside those that work. */
    int idle() {
        return this == IDLE_10000 ? 10_000 : 0;
    }

    /** Whether what matters is how long a request takes, and not what it costs. */
    boolean isAboutTail() {
        return this == TAIL_SLOW || this == TAIL_STALL;
    }

    static List<Workload> named(String words) {
        if (words.equals("all")) {
            return List.of(values());
        }
        return List.of(words.toUpperCase(java.util.Locale.ROOT).split(",")).stream()
                .map(Workload::valueOf)
                .toList();
    }
}
