package org.fairlead.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.fairlead.access.Passwords.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PasswordChecksTest {
    private static final Map<String, String> USERS = Map.of("ann", "$2y$right");

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger compared = new AtomicInteger();
    private final PasswordChecks checks = new PasswordChecks(this::compare, clock::get);

    private Outcome compare(byte[] password, String hash) {
        compared.incrementAndGet();
        return hash.endsWith(text(password)) ? Outcome.RIGHT : Outcome.WRONG;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private PasswordChecks.Result check(String user, String password, String address) {
        return checks.check(new Credentials(user, password.getBytes(StandardCharsets.ISO_8859_1)), address, USERS);
    }

    private void fail(String user, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(check(user, "wrong", "192.0.2.1").retryAfter()).isEmpty();
        }
    }

    @Test
    void afterFiveFailuresANameFromAnAddressHasToWaitEachTimeTwiceAsLong() {
        fail("ann", 5);
        for (int seconds : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            assertThat(check("ann", "wrong", "192.0.2.1").retryAfter()).contains(Duration.ofSeconds(seconds));
            clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
            fail("ann", 1);
        }
        assertThat(compared).hasValue(13);
    }

    @Test
    void othersDoNotWaitNeitherTheNameFromElsewhereNorAnotherName() {
        fail("ann", 5);

        assertThat(check("ann", "right", "192.0.2.1").retryAfter()).isPresent();
        assertThat(check("ann", "right", "192.0.2.2").outcome()).isEqualTo(Outcome.RIGHT);
        assertThat(check("bob", "x", "192.0.2.1").retryAfter()).isEmpty();
    }

    @Test
    void aPasswordThatWasRightAMomentAgoIsNeitherComparedNorDelayed() {
        assertThat(check("ann", "right", "192.0.2.1").outcome()).isEqualTo(Outcome.RIGHT);
        fail("ann", 5);

        assertThat(check("ann", "right", "192.0.2.1").outcome()).isEqualTo(Outcome.RIGHT);
        assertThat(compared).hasValue(6);
    }

    @Test
    void aSuccessAndTenMinutesForgetFailures() {
        fail("ann", 4);
        check("ann", "right", "192.0.2.1");
        fail("ann", 5);
        clock.addAndGet(FailedLogins.MEMORY.plusSeconds(1).toNanos());
        fail("ann", 5);
        assertThat(check("ann", "wrong", "192.0.2.1").retryAfter()).isPresent();
    }

    @Test
    void anUnknownUserCostsAComparisonAndIsNeverRight() {
        assertThat(check("nobody", "right", "192.0.2.1"))
                .isEqualTo(new PasswordChecks.Result(Outcome.WRONG, Optional.empty()));
        assertThat(compared).hasValue(1);
    }

    @Test
    void twoAreCheckedAtOnceOnPlatformThreadsAndMoreThanSixtyFourDoNotWait() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        BoundedPasswords bounded = new BoundedPasswords((password, hash) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            await(go);
            inside.decrementAndGet();
            return Outcome.RIGHT;
        });
        AtomicInteger busy = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < BoundedPasswords.MAX_AT_ONCE + BoundedPasswords.MAX_WAITING; i++) {
            threads.add(new Thread(() -> ask(bounded, busy)));
        }
        threads.forEach(Thread::start);
        Awaitility.await().until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
        ask(bounded, busy);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(busy).hasValue(1);
        assertThat(most).hasValue(BoundedPasswords.MAX_AT_ONCE);
    }

    private static void ask(BoundedPasswords passwords, AtomicInteger busy) {
        try {
            passwords.compare(new byte[0], "");
        } catch (BoundedPasswords.BusyException e) {
            busy.incrementAndGet();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
