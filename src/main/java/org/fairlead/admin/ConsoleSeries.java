package org.fairlead.admin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.fairlead.counters.LatencyDistribution;
import org.fairlead.counters.ResponseCounts;
import org.fairlead.counters.TrafficSnapshot;

/**
 * The time series of one member, balancer or server: ten minutes by second, and a day by minute. Its size is bounded.
 * Thread-safe.
 */
final class ConsoleSeries {
    static final int SECONDS = 600;
    static final int MINUTES = 1440;

    /** The window of rates, in seconds. */
    static final int RATE_SECONDS = 10;

    private static final int MINUTE = 60;

    private final Ring seconds = new Ring(SECONDS, 1);
    private final Ring minutes = new Ring(MINUTES, MINUTE);
    private final Deque<Reading> lastMinute = new ArrayDeque<>();
    private int ticks;

    /** Counters at one moment. @param chosen how often a member was selected; 0 for other objects */
    record Reading(ResponseCounts responses, long requests, LatencyDistribution durations, long chosen) {
        static Reading of(TrafficSnapshot traffic, long chosen) {
            LatencyDistribution durations = traffic.durations();
            return new Reading(traffic.responses(), durations.count(), durations, chosen);
        }
    }

    /**
     * A sample of a second, or of a minute.
     *
     * @param seconds its length
     * @param failed requests without a response
     * @param p50 milliseconds; 0 = there was no request
     * @param p99 the same
     * @param busy requests under way at its end
     * @param waiting requests that waited at its end
     * @param chosen how often the member was selected
     */
    record Sample(
            int seconds,
            ResponseCounts responses,
            long failed,
            float p50,
            float p99,
            long busy,
            int waiting,
            long chosen) {
        static final Sample IDLE = new Sample(1, ResponseCounts.NONE, 0, 0, 0, 0, 0, 0);

        long requests() {
            return responses.total() + failed;
        }

        /** Responses of class 5xx and requests without any. */
        long errors() {
            return responses.serverError() + failed;
        }
    }

    /** Takes a reading; is called once a second. */
    synchronized void add(Reading now, long busy, int waiting) {
        if (!lastMinute.isEmpty()) {
            seconds.add(between(lastMinute.peekLast(), now, 1, busy, waiting));
        }
        lastMinute.addLast(now);
        if (lastMinute.size() > MINUTE + 1) {
            lastMinute.removeFirst();
        }
        if (++ticks % MINUTE == 0 && lastMinute.size() > MINUTE) {
            minutes.add(between(lastMinute.peekFirst(), now, MINUTE, busy, waiting));
        }
    }

    private static Sample between(Reading before, Reading now, int seconds, long busy, int waiting) {
        long requests = now.requests() - before.requests();
        if (requests <= 0 && busy == 0 && waiting == 0 && seconds == 1) {
            return Sample.IDLE;
        }
        ResponseCounts a = before.responses();
        ResponseCounts b = now.responses();
        ResponseCounts responses = new ResponseCounts(
                grown(a.informational(), b.informational()),
                grown(a.success(), b.success()),
                grown(a.redirection(), b.redirection()),
                grown(a.clientError(), b.clientError()),
                grown(a.serverError(), b.serverError()));
        LatencyDistribution durations =
                requests > 0 ? now.durations().minus(before.durations()) : LatencyDistribution.NONE;
        return new Sample(
                seconds,
                responses,
                Math.max(0, requests - responses.total()),
                millis(durations, 0.5),
                millis(durations, 0.99),
                busy,
                waiting,
                grown(before.chosen(), now.chosen()));
    }

    /** Counters restart where a member was recreated. */
    private static long grown(long before, long now) {
        return Math.max(0, now - before);
    }

    private static float millis(LatencyDistribution durations, double share) {
        return durations.quantile(share).map(Duration::toNanos).orElse(0L) / 1e6f;
    }

    /** Returns the sum of the last {@link #RATE_SECONDS} seconds, or of those recorded. */
    synchronized Sample recent() {
        return last(RATE_SECONDS);
    }

    /** Returns the sum of the last minute, or of its recorded part. */
    synchronized Sample minute() {
        return last(MINUTE);
    }

    private Sample last(int count) {
        if (lastMinute.size() < 2) {
            return Sample.IDLE;
        }
        List<Reading> readings = List.copyOf(lastMinute);
        int from = Math.max(0, readings.size() - 1 - count);
        Sample latest = seconds.latest();
        return between(
                readings.get(from),
                readings.get(readings.size() - 1),
                readings.size() - 1 - from,
                latest.busy(),
                latest.waiting());
    }

    /** Returns the samples of ten minutes, oldest first. */
    synchronized List<Sample> seconds() {
        return seconds.all();
    }

    /** Returns the samples of a day, oldest first. */
    synchronized List<Sample> minutes() {
        return minutes.all();
    }

    /** Samples as numbers in one array, which grows to its size: {@value #WIDTH} numbers of 4 bytes each. */
    private static final class Ring {
        private static final int WIDTH = 11;
        private static final int FIRST_SAMPLES = 60;

        private final int size;
        private final int seconds;
        private int[] numbers;
        private int count;
        private int next;

        Ring(int size, int seconds) {
            this.size = size;
            this.seconds = seconds;
            numbers = new int[FIRST_SAMPLES * WIDTH];
        }

        void add(Sample sample) {
            if (next * WIDTH == numbers.length && count < size) {
                numbers = Arrays.copyOf(numbers, WIDTH * Math.min(size, 2 * count));
            }
            int at = next * WIDTH;
            ResponseCounts responses = sample.responses();
            numbers[at] = number(responses.informational());
            numbers[at + 1] = number(responses.success());
            numbers[at + 2] = number(responses.redirection());
            numbers[at + 3] = number(responses.clientError());
            numbers[at + 4] = number(responses.serverError());
            numbers[at + 5] = number(sample.failed());
            numbers[at + 6] = Float.floatToRawIntBits(sample.p50());
            numbers[at + 7] = Float.floatToRawIntBits(sample.p99());
            numbers[at + 8] = number(sample.busy());
            numbers[at + 9] = sample.waiting();
            numbers[at + 10] = number(sample.chosen());
            count = Math.min(size, count + 1);
            next = (next + 1) % size;
        }

        private static int number(long value) {
            return (int) Math.min(Integer.MAX_VALUE, value);
        }

        Sample latest() {
            return count == 0 ? Sample.IDLE : at(Math.floorMod(next - 1, size));
        }

        List<Sample> all() {
            List<Sample> samples = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                samples.add(at(Math.floorMod(next - count + i, size)));
            }
            return samples;
        }

        private Sample at(int index) {
            int at = index * WIDTH;
            return new Sample(
                    seconds,
                    new ResponseCounts(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3], numbers[at + 4]),
                    numbers[at + 5],
                    Float.intBitsToFloat(numbers[at + 6]),
                    Float.intBitsToFloat(numbers[at + 7]),
                    numbers[at + 8],
                    numbers[at + 9],
                    numbers[at + 10]);
        }
    }
}
