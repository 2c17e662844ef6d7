package org.fairlead.upstream;

import java.util.concurrent.TimeUnit;
import org.fairlead.http.Headers;

/** The parser of {@code Keep-Alive: timeout=5, max=100}, a member's limit for an idle connection. */
final class KeepAlive {
    /** The margin before the member's limit, so that our next request does not cross its close. */
    private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private KeepAlive() {}

    /** Sets the connection's idle limit, if the response has one. */
    static void note(Headers answer, MemberConnection connection) {
        int index = answer.indexOf("Keep-Alive", 0);
        if (index < 0) {
            return;
        }
        long seconds = seconds(answer.value(index));
        if (seconds >= 0) {
            long nanos = TimeUnit.SECONDS.toNanos(seconds) - MARGIN_NANOS;
            connection.mayIdle(Math.max(0, nanos));
        }
    }

    /** The value of {@code timeout}; −1 = there is none. */
    static long seconds(String value) {
        int at = value.toLowerCase(java.util.Locale.ROOT).indexOf("timeout=");
        if (at < 0) {
            return -1;
        }
        long seconds = 0;
        int i = at + "timeout=".length();
        int digits = 0;
        for (; i < value.length() && digits < 9; i++, digits++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                break;
            }
            seconds = seconds * 10 + c - '0';
        }
        return digits == 0 ? -1 : seconds;
    }
}
