package org.fairlead.config;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.fairlead.model.RewriteRule;
import org.fairlead.model.RewriteRule.Flag;

/** The flags of a {@code RewriteRule} while they are read. Not thread-safe. */
final class RewriteFlags {
    private static final Set<Integer> STATUSES = Set.of(
            200, 201, 202, 203, 204, 205, 206, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402, 403, 404, 405,
            406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429,
            431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511);
    private static final Map<String, Flag> PLAIN = Map.ofEntries(
            Map.entry("nc", Flag.NO_CASE),
            Map.entry("nocase", Flag.NO_CASE),
            Map.entry("l", Flag.LAST),
            Map.entry("last", Flag.LAST),
            Map.entry("end", Flag.LAST),
            Map.entry("c", Flag.CHAIN),
            Map.entry("chain", Flag.CHAIN),
            Map.entry("p", Flag.PROXY),
            Map.entry("proxy", Flag.PROXY),
            Map.entry("pt", Flag.PASS_THROUGH),
            Map.entry("passthrough", Flag.PASS_THROUGH),
            Map.entry("ne", Flag.NO_ESCAPE),
            Map.entry("noescape", Flag.NO_ESCAPE),
            Map.entry("qsa", Flag.QUERY_APPEND),
            Map.entry("qsappend", Flag.QUERY_APPEND),
            Map.entry("qsd", Flag.QUERY_DISCARD),
            Map.entry("qsdiscard", Flag.QUERY_DISCARD),
            Map.entry("qsl", Flag.QUERY_LAST),
            Map.entry("qslast", Flag.QUERY_LAST),
            Map.entry("bnp", Flag.ESCAPE_NO_PLUS),
            Map.entry("backrefernoplus", Flag.ESCAPE_NO_PLUS),
            Map.entry("unsafeallow3f", Flag.ALLOW_3F),
            Map.entry("unc", Flag.KEEP_SLASHES));
    /** They are about files, types of files and subrequests, of which there are none. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("dpi", "discardpath", "ns", "nosubreq", "unsafeprefixstat", "t", "type");

    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
    private final List<String> variables = new ArrayList<>();
    private final List<String> cookies = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private int status = 302;
    private int skip;
    private int rounds = RewriteRule.DEFAULT_ROUNDS;
    private String escapes = "";
    private String spared = "";

    /** Reads all flags; returns what is wrong with the first that is. */
    Optional<String> read(String text) {
        for (String flag : text.split(",", -1)) {
            int equals = flag.indexOf('=');
            String key = equals < 0 ? flag : flag.substring(0, equals);
            String value = equals < 0 ? "" : flag.substring(equals + 1).stripTrailing();
            Optional<String> wrong = read(flag, key.strip().toLowerCase(Locale.ROOT), value);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> read(String written, String key, String value) {
        if (PLAIN.containsKey(key)) {
            flags.add(PLAIN.get(key));
            return Optional.empty();
        }
        if (WITHOUT_EFFECT.contains(key)) {
            ignored.add(written.strip());
            return Optional.empty();
        }
        switch (key) {
            case "b", "backrefescaping" -> {
                flags.add(Flag.ESCAPE);
                escapes = value;
            }
            case "bne" -> spared = value;
            case "bctls" -> {
                flags.add(Flag.ESCAPE);
                flags.add(Flag.ESCAPE_CONTROLS);
            }
            case "co", "cookie" -> cookies.add(value);
            case "e", "env" -> variables.add(value);
            case "f", "forbidden" -> answers(403);
            case "g", "gone" -> answers(410);
            case "r", "redirect" -> {
                return redirect(value);
            }
            case "n", "next" -> {
                flags.add(Flag.NEXT);
                return value.isEmpty() ? Optional.empty() : number(value, n -> rounds = n);
            }
            case "s", "skip" -> {
                return number(value, n -> skip = n);
            }
            case "h", "handler" -> {
                return Optional.of("no flag 'H'; P leads to a member, SetHandler in a <Location> names a handler");
            }
            default -> {
                return Optional.of("a flag of RewriteRule instead of '" + Quoted.of(written.strip()) + "'");
            }
        }
        return Optional.empty();
    }

    private void answers(int code) {
        flags.add(Flag.STATUS);
        status = code;
    }

    private Optional<String> redirect(String value) {
        flags.add(Flag.REDIRECT);
        switch (value.toLowerCase(Locale.ROOT)) {
            case "", "temp" -> status = 302;
            case "permanent" -> status = 301;
            case "seeother" -> status = 303;
            default -> {
                if (!value.matches("\\d{3}") || !STATUSES.contains(Integer.valueOf(value))) {
                    return Optional.of(
                            "R=permanent, temp, seeother or a status of HTTP instead of 'R=" + Quoted.of(value) + "'");
                }
                status = Integer.parseInt(value);
                if (status < 300 || status > 399) {
                    flags.add(Flag.STATUS);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> number(String value, IntConsumer target) {
        if (!value.matches("\\d{1,6}")) {
            return Optional.of("a number instead of '" + Quoted.of(value) + "'");
        }
        target.accept(Integer.parseInt(value));
        return Optional.empty();
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }

    Set<Flag> flags() {
        return flags;
    }

    /** As written, those that do nothing here. */
    List<String> ignored() {
        return ignored;
    }

    List<String> variables() {
        return variables;
    }

    List<String> cookies() {
        return cookies;
    }

    int status() {
        return status;
    }

    int skip() {
        return skip;
    }

    int rounds() {
        return rounds;
    }

    String escapes() {
        return escapes;
    }

    String spared() {
        return spared;
    }
}
