package org.fairlead.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.fairlead.system.WireMessage;

/** One of the ends that a row allows its case. */
@FunctionalInterface
interface Verdict {
    /** Returns what is different, or empty if this is what has happened. */
    Optional<String> differs(Seen seen);

    /** The client is refused with one of the statuses, and no member hears of it. */
    static Verdict refused(int... statuses) {
        return seen ->
                seen.requests().isEmpty() ? status(seen, statuses) : Optional.of("refused before a member hears of it");
    }

    /** The client is refused; a member may have got an incomplete request, which it cannot take for a whole one. */
    static Verdict refusedMidway(int... statuses) {
        return seen -> seen.requests().stream().noneMatch(Received::complete)
                ? status(seen, statuses)
                : Optional.of("refused, and nothing complete at a member");
    }

    /** The connection is closed without a word, and no member got a complete request. */
    static Verdict dropped() {
        return seen -> seen.closed()
                        && seen.responses().stream().allMatch(WireMessage::cut)
                        && seen.requests().stream().noneMatch(Received::complete)
                ? Optional.empty()
                : Optional.of("dropped");
    }

    private static Optional<String> status(Seen seen, int... statuses) {
        boolean fits = seen.responses().size() == 1
                && Arrays.stream(statuses)
                        .anyMatch(status -> status == seen.responses().get(0).status());
        return fits ? Optional.empty() : Optional.of("one answer of " + Arrays.toString(statuses));
    }

    /** Members get these requests and no other, each {@code METHOD target|field|field||body}. */
    static Verdict requests(String... expected) {
        return seen -> {
            if (seen.requests().size() != expected.length) {
                return Optional.of(expected.length + " requests at the members");
            }
            for (int i = 0; i < expected.length; i++) {
                Received request = seen.requests().get(i);
                Message wanted = Message.of(expected[i]);
                if (!request.complete()) {
                    return Optional.of("a complete request");
                }
                if (!request.startLine().equals(wanted.start() + " HTTP/1.1")) {
                    return Optional.of("request line " + wanted.start());
                }
                Optional<String> difference = wanted.differs(request.fields(), Set.of(), request.body());
                if (difference.isPresent()) {
                    return Optional.of("request with " + difference.get());
                }
            }
            return Optional.empty();
        };
    }

    /** The client gets these responses and no other, each {@code status|field|field||body}. */
    static Verdict responses(String... expected) {
        return seen -> {
            if (seen.responses().size() != expected.length) {
                return Optional.of(expected.length + " responses at the client");
            }
            for (int i = 0; i < expected.length; i++) {
                WireMessage response = seen.responses().get(i);
                Message wanted = Message.of(expected[i]);
                if (response.cut()) {
                    return Optional.of("a response that is not cut");
                }
                if (response.status() != Integer.parseInt(wanted.start())) {
                    return Optional.of("status " + wanted.start());
                }
                Optional<String> difference =
                        wanted.differs(response.headerLines(), Set.of("date", "server"), response.body());
                if (difference.isPresent()) {
                    return Optional.of("response with " + difference.get());
                }
            }
            return Optional.empty();
        };
    }

    /** The client gets one answer of one of these statuses, whole. */
    static Verdict answered(int... statuses) {
        return seen -> seen.responses().stream().anyMatch(WireMessage::cut)
                ? Optional.of("an answer that is not cut")
                : status(seen, statuses);
    }

    /** The client sees a status line, and that the answer breaks off. */
    static Verdict cut(int status) {
        return seen -> seen.responses().size() == 1
                        && seen.responses().get(0).cut()
                        && seen.closed()
                        && seen.responses().get(0).status() == status
                ? Optional.empty()
                : Optional.of("a visibly cut " + status);
    }

    /** The client's connection is open afterwards, or it is not. */
    static Verdict open(boolean open) {
        return seen -> seen.closed() == open
                ? Optional.of(open ? "an open connection" : "a closed connection")
                : Optional.empty();
    }

    /** Interim responses came in this order. */
    static Verdict interims(Integer... statuses) {
        return seen -> seen.interims().equals(List.of(statuses))
                ? Optional.empty()
                : Optional.of("interim " + Arrays.toString(statuses));
    }

    default Verdict and(Verdict other) {
        return seen -> differs(seen).or(() -> other.differs(seen));
    }

    /**
     * A message that a row expects.
     *
     * @param fields empty: any; a proxy's own ones must be there, {@code ¬Name} must not, and all others are exactly
     *     these in this order
     * @param body empty: any
     */
    record Message(String start, List<String> fields, Optional<String> body) {
        static Message of(String notation) {
            String[] parts = notation.split("\\|\\|", 2);
            List<String> lines =
                    Arrays.stream(parts[0].split("\\|")).map(Notation::text).toList();
            return new Message(
                    lines.get(0),
                    lines.subList(1, lines.size()),
                    parts.length > 1 ? Optional.of(Notation.text(parts[1])) : Optional.empty());
        }

        Optional<String> differs(List<String> actual, Set<String> mayBeAdded, byte[] actualBody) {
            if (body.isPresent() && !body.get().equals(new String(actualBody, StandardCharsets.ISO_8859_1))) {
                return Optional.of("body '" + body.get() + "'");
            }
            for (String field : fields) {
                if (field.startsWith("¬") && has(actual, field.substring(1))) {
                    return Optional.of("no " + field.substring(1));
                }
                if (!field.startsWith("¬") && actual.stream().noneMatch(line -> isAs(field, line))) {
                    return Optional.of(field);
                }
            }
            List<String> foreign = fields.stream()
                    .filter(field -> !field.startsWith("¬") && !Received.isOfTheProxy(field))
                    .toList();
            List<String> found = actual.stream()
                    .filter(field -> !Received.isOfTheProxy(field))
                    .filter(field ->
                            foreign.contains(field) || mayBeAdded.stream().noneMatch(name -> has(field, name)))
                    .toList();
            return fields.isEmpty() || found.equals(foreign)
                    ? Optional.empty()
                    : Optional.of("fields " + foreign + ", not " + found);
        }

        /** A proxy may say in Via at which port it listens. */
        private static boolean isAs(String expected, String actual) {
            return actual.equals(expected)
                    || expected.startsWith("Via:") && actual.matches(Pattern.quote(expected) + ":[0-9]+");
        }

        private static boolean has(List<String> fields, String name) {
            return fields.stream().anyMatch(field -> has(field, name));
        }

        private static boolean has(String field, String name) {
            return field.regionMatches(true, 0, name + ":", 0, name.length() + 1);
        }
    }
}
