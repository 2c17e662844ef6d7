package org.fairlead.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that ask one after the other for as long as it is open, half of them on a connection that they keep as long as
 * they may, half on a fresh one each time. Whatever is not an answer of 200 is a problem; nothing is tried twice.
 */
final class SteadyLoad implements AutoCloseable {
    private static final int MOST_PROBLEMS = 20;
    private static final String KEPT = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String FRESH = "GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    /** Opens a client's connection. */
    interface Door {
        RawClient open() throws Exception;
    }

    private final Door door;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final AtomicLong answers = new AtomicLong();
    private volatile boolean over;

    private SteadyLoad(Door door) {
        this.door = door;
    }

    /** Starts so many clients. */
    static SteadyLoad start(int port, int clients) {
        return start(() -> RawClient.to(port), clients);
    }

    /** The same with connections of any kind. */
    static SteadyLoad start(Door door, int clients) {
        SteadyLoad load = new SteadyLoad(door);
        for (int i = 0; i < clients; i++) {
            boolean keeps = i % 2 == 0;
            Thread thread = new Thread(() -> load.ask(keeps), "load-" + i);
            thread.setDaemon(true);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    private void ask(boolean keeps) {
        while (!over && problems.size() < MOST_PROBLEMS) {
            try (RawClient client = door.open()) {
                boolean goesOn = true;
                while (goesOn && !over) {
                    WireMessage answer = client.send(keeps ? KEPT : FRESH).readFinal();
                    if (answer.status() == 200) {
                        answers.incrementAndGet();
                    } else {
                        problems.add(answer.toString());
                    }
                    goesOn = keeps && !answer.headers("Connection").contains("close");
                }
            } catch (Exception e) {
                problems.add((keeps ? "kept: " : "fresh: ") + e);
            }
        }
    }

    long answers() {
        return answers.get();
    }

    /** What went wrong so far, the first of it. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Ends with the answers that are on their way. */
    @Override
    public void close() {
        over = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
