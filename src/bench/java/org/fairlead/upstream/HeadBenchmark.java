package org.fairlead.upstream;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fairlead.bench.Browser;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.exchange.RequestBody;
import org.fairlead.model.MemberAddress;
import org.fairlead.model.PoolConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read the head of a site's answer, of 12 fields, and to write the head of a browser's request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HeadBenchmark {
    private final HeadParser parser = new HeadParser(new ReadBuffer(ScriptedTransport.repeating(Browser.answer())), 0);
    private final ByteArrayPool buffers = new ByteArrayPool(16 * 1024);
    private final MemberAddress address = MemberAddress.http("127.0.0.1", 8080);
    private final OutgoingRequest request = new OutgoingRequest(
            "GET",
            "/shop/catalogue/item?id=4711",
            Browser.request(),
            RequestBody.NONE,
            false,
            Optional.empty(),
            head -> {});

    @Benchmark
    public Object parse() throws IOException {
        return parser.read();
    }

    @Benchmark
    public int write() {
        WriteBuffer outlet = new WriteBuffer(buffers);
        HeadEncoder.encode(request, address, PoolConfig.DEFAULTS, outlet);
        int length = outlet.end;
        outlet.release();
        return length;
    }
}
