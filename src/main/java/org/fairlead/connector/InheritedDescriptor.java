package org.fairlead.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * File descriptor that a supervisor hands to a process it starts, by systemd's protocol of sd_listen_fds(3).
 * Descriptors begin with 3; {@code LISTEN_FDS} counts them, {@code LISTEN_PID} names the process that they are for, and
 * {@code LISTEN_FDNAMES} names them, with colons between.
 *
 * @param name {@code FileDescriptorName=} of the socket unit; the unit's own name where it sets none; "unknown" without
 *     names, as systemd has it
 */
record InheritedDescriptor(int descriptor, String name) {
    private static final int FIRST = 3;

    /**
     * Reads the descriptors from the environment. Variables of another process, which a shell in between leaves, are
     * ignored.
     *
     * @param pid this process
     * @throws IllegalArgumentException if one of them is no number
     */
    static List<InheritedDescriptor> in(Map<String, String> environment, long pid) {
        String count = environment.getOrDefault("LISTEN_FDS", "");
        String owner = environment.getOrDefault("LISTEN_PID", "");
        if (count.isEmpty() || owner.isEmpty() || number("LISTEN_PID", owner) != pid) {
            return List.of();
        }
        String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
        int descriptors = number("LISTEN_FDS", count);
        List<InheritedDescriptor> handed = new ArrayList<>();
        for (int i = 0; i < descriptors; i++) {
            boolean named = i < names.length && !names[i].isEmpty();
            handed.add(new InheritedDescriptor(FIRST + i, named ? names[i] : "unknown"));
        }
        return List.copyOf(handed);
    }

    private static int number(String variable, String value) {
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(variable + ": '" + value + "' (expected: a number)", e);
        }
    }

    @Override
    public String toString() {
        return name + " (" + descriptor + ")";
    }
}
