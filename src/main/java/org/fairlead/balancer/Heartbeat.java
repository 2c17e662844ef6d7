package org.fairlead.balancer;

import java.util.OptionalInt;
import org.fairlead.model.MemberAddress;

/**
 * A member's heartbeat report for {@code lbmethod=heartbeat}, in mod_heartbeat's format ({@code v=1&ready=75&busy=0}),
 * pushed over HTTP instead of multicast. {@link Member} decides how long it counts.
 *
 * @param ready workers that are free, 0 or more
 * @param busy workers at work, 0 or more
 * @param port selects among the members at the sender's address; empty = the only one there
 */
public record Heartbeat(int ready, int busy, OptionalInt port) {
    private static final int MAX_MESSAGE_CHARS = 256;
    private static final String FORMAT = "v=1&ready=N&busy=N";

    /**
     * Parses a report. {@code v=1} may be left out; unknown fields are ignored, as senders may report more.
     *
     * @throws IllegalArgumentException if it is no report; the message holds nothing of the text beyond one field
     */
    public static Heartbeat parse(String text) {
        if (text.length() > MAX_MESSAGE_CHARS) {
            throw new IllegalArgumentException(
                    "heartbeat of " + text.length() + " characters (expected: " + FORMAT + ")");
        }
        int ready = -1;
        int busy = -1;
        OptionalInt port = OptionalInt.empty();
        for (String field : text.strip().split("&")) {
            int equals = field.indexOf('=');
            String name = equals < 0 ? field : field.substring(0, equals);
            String value = equals < 0 ? "" : field.substring(equals + 1);
            switch (name) {
                case "v" -> {
                    if (!value.equals("1")) {
                        throw new IllegalArgumentException("heartbeat v=" + value + " (expected: " + FORMAT + ")");
                    }
                }
                case "ready" -> ready = count(name, value);
                case "busy" -> busy = count(name, value);
                case "port" -> port = OptionalInt.of(count(name, value));
                default -> {}
            }
        }
        if (ready < 0 || busy < 0) {
            throw new IllegalArgumentException("heartbeat without ready or busy (expected: " + FORMAT + ")");
        }
        return new Heartbeat(ready, busy, port);
    }

    /** Whether it can be this member's own. @param sender the address that it came from, a literal */
    boolean isOf(Member member, String sender) {
        MemberAddress own = member.config().address();
        boolean samePort = port.isEmpty() || port.getAsInt() == own.port();
        if (member.address().isPresent()) {
            return samePort && member.address().get().getHostAddress().equals(sender);
        }
        boolean here =
                own.host().equals("localhost") && (sender.startsWith("127.") || sender.equals("0:0:0:0:0:0:0:1"));
        return samePort && (here || own.host().equals(sender));
    }

    private static int count(String name, String value) {
        boolean digits =
                !value.isEmpty() && value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new IllegalArgumentException("heartbeat " + name + "=" + value + " (expected: " + FORMAT + ")");
        }
        return Integer.parseInt(value);
    }
}
