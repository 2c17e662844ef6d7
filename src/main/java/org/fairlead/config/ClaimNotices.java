package org.fairlead.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports decisions that rest on a client's claims: lines that read {@code X-Forwarded-Proto} and similar fields while
 * no trusted proxy is configured. Any client can send such a field, so any client decides.
 */
final class ClaimNotices {
    private static final Pattern FIELD =
            Pattern.compile("(?i)x[-_]forwarded[-_][a-z]+|x[-_]real[-_]ip|(?<=http:|http_|req\\(['\"])forwarded\\b");
    private static final Pattern TRUST = Pattern.compile("remoteip(internal|trusted)proxy.*");

    /** Keys of lines that decide, and those of their parts that name a field; empty where the value itself does. */
    private static final Map<String, String[]> DECIDING = Map.of(
            "rewritecond", new String[] {"test", "pattern"},
            "require", new String[0],
            "sslrequire", new String[0],
            "setenvif", new String[] {"attribute", "expression"},
            "if", new String[] {"expression"},
            "elseif", new String[] {"expression"});

    private static final Map<String, String> SPELLINGS = Map.of(
            "rewritecond",
            "RewriteCond",
            "require",
            "Require",
            "sslrequire",
            "SSLRequire",
            "setenvif",
            "SetEnvIf",
            "if",
            "<If>",
            "elseif",
            "<ElseIf>");

    private final Problems problems;

    private ClaimNotices(Problems problems) {
        this.problems = problems;
    }

    /** Looks through the main server and every virtual host: a host may name its proxies itself. */
    static void tell(Entry root, Problems problems) {
        ClaimNotices notices = new ClaimNotices(problems);
        if (!trusts(root)) {
            notices.inside(root);
        }
    }

    private static boolean trusts(Entry server) {
        return server.entries().stream().anyMatch(e -> TRUST.matcher(e.name()).matches());
    }

    private void inside(Entry section) {
        for (Entry entry : section.entries()) {
            if (entry.name().equals("virtualhost") && trusts(entry)) {
                continue;
            }
            if (DECIDING.containsKey(entry.name())) {
                field(entry).ifPresent(field -> told(entry, field));
            }
            inside(entry);
        }
    }

    private static Optional<String> field(Entry entry) {
        String[] parts = DECIDING.get(entry.name());
        StringBuilder text = new StringBuilder(parts.length == 0 ? entry.value() : "");
        for (String part : parts) {
            entry.last(part).ifPresent(e -> text.append(' ').append(e.value()));
        }
        if (entry.name().equals("setenvif") && text.toString().strip().equalsIgnoreCase("forwarded")) {
            return Optional.of("Forwarded");
        }
        Matcher m = FIELD.matcher(text);
        return m.find() ? Optional.of(spelled(m.group())) : Optional.empty();
    }

    /** {@code HTTP_X_FORWARDED_PROTO} and {@code x-forwarded-proto} are one field. */
    private static String spelled(String written) {
        StringBuilder name = new StringBuilder();
        for (String word : written.toLowerCase(Locale.ROOT).split("[-_]")) {
            name.append(name.isEmpty() ? "" : "-")
                    .append(word.equals("ip") ? "IP" : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private void told(Entry entry, String field) {
        problems.difference(
                entry.source(),
                SPELLINGS.get(entry.name()) + ": decides by " + field + ", which any client can send, since no proxy in"
                        + " front is named; name it with RemoteIPInternalProxy (or RemoteIPTrustedProxy) and its"
                        + " address, and members are told what it says");
    }
}
