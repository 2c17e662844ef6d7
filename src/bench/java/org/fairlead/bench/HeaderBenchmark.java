package org.fairlead.bench;

import java.util.concurrent.TimeUnit;
import org.fairlead.exchange.ClaimedFields;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Forwarded;
import org.fairlead.http.Headers;
import org.fairlead.http.HopByHop;
import org.fairlead.http.RefusedException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to make a browser's fields those of the request to a member: copy, strip, say who asked. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HeaderBenchmark {
    private final Headers request = Browser.request();
    private final ClientConnection client = new ClientConnection("192.0.2.7", 52_000, "192.0.2.1", 443, true);

    @Benchmark
    public Headers requestFilter() throws RefusedException {
        Headers headers = request.copy();
        ClaimedFields.with().takeFrom(headers);
        HopByHop.stripRequest(headers);
        Forwarded.add(headers, client, "shop.example.com", "www.example.com");
        return headers;
    }
}
