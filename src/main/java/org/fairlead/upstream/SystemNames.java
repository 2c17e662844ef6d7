package org.fairlead.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.fairlead.access.NameService;
import org.fairlead.concurrent.DaemonThreads;

/**
 * The name service of the system, so that its hosts file counts. The system's own lookup knows no timeout, so a few
 * threads of its own wait for it while callers wait for a bounded time; they end when they have nothing to do.
 */
public final class SystemNames implements NameService {
    private static final Duration MAX_LOOKUP_TIME = Duration.ofSeconds(3);
    private static final int THREADS = 4;
    private static final int WAITING = 64;

    private final ThreadPoolExecutor threads;

    public SystemNames() {
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                DaemonThreads.called("fairlead-names"));
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public Optional<String> name(InetAddress address) {
        // The JDK returns the address itself where there is no name.
        return ask(address::getCanonicalHostName).filter(name -> !name.equals(address.getHostAddress()));
    }

    @Override
    public List<InetAddress> addresses(String name) {
        return ask(() -> List.of(InetAddress.getAllByName(name))).orElse(List.of());
    }

    private <T> Optional<T> ask(Callable<T> question) {
        Future<T> answer;
        try {
            answer = threads.submit(question);
        } catch (RejectedExecutionException e) {
            // The name service is silent and many lookups wait: until that ends, no client has a name.
            return Optional.empty();
        }
        try {
            return Optional.of(answer.get(MAX_LOOKUP_TIME.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                return Optional.empty();
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
