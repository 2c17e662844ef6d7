package org.fairlead.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports values of {@code Header} and {@code RequestHeader} with a variable {@code %{NAME}e} that no line sets: what is
 * sent then is the text {@code (null)}, as in httpd. Used once.
 */
final class VariableNotices {
    private static final Pattern READ = Pattern.compile("%(?:%|\\{([^}]*)}(.)?)", Pattern.DOTALL);
    /** Variables that httpd's modules or Fairlead set by themselves. */
    private static final Pattern BUILT_IN = Pattern.compile(
            "(SSL_|BALANCER_|REDIRECT_|MATCH_|HTTP2|H2|H2_).*|HTTPS|UNIQUE_ID|SCRIPT_URL|SCRIPT_URI|REMOTE_USER|AUTH_TYPE");
    /** Variables of every request, which only an expression and {@code %{NAME}s} read. */
    private static final Set<String> OF_THE_REQUEST = Set.of(
            "REMOTE_ADDR",
            "REMOTE_PORT",
            "REMOTE_HOST",
            "REQUEST_METHOD",
            "REQUEST_URI",
            "REQUEST_SCHEME",
            "QUERY_STRING",
            "SERVER_NAME",
            "SERVER_PORT",
            "SERVER_PROTOCOL",
            "SERVER_ADDR",
            "HTTP_HOST",
            "DOCUMENT_ROOT");

    private final Problems problems;
    private final Set<String> set = new HashSet<>();

    private VariableNotices(Problems problems) {
        this.problems = problems;
    }

    /** Looks through the whole tree: a variable that one host sets counts as set for all. */
    static void tell(Entry root, Problems problems) {
        VariableNotices notices = new VariableNotices(problems);
        notices.collect(root);
        notices.tell(root);
    }

    private void collect(Entry section) {
        for (Entry entry : section.entries()) {
            switch (entry.name()) {
                case "setenv" -> set.add(entry.text("name"));
                case "setenvif" -> entry.all("set").forEach(word -> name(word.value(), '='));
                case "rewriterule" -> ofRule(entry.text("flags"));
                case "header" -> {
                    if (entry.text("action").equalsIgnoreCase("note")) {
                        set.add(entry.text("value"));
                    }
                }
                default -> {}
            }
            collect(entry);
        }
    }

    private void ofRule(String flags) {
        for (String flag : flags.split(",")) {
            int equals = flag.indexOf('=');
            String key = equals < 0 ? "" : flag.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            if (key.equals("e") || key.equals("env")) {
                name(flag.substring(equals + 1).strip(), ':');
            }
        }
    }

    private void name(String word, char end) {
        int at = word.indexOf(end);
        set.add(at < 0 ? word : word.substring(0, at));
    }

    private void tell(Entry section) {
        for (Entry entry : section.entries()) {
            if (entry.name().equals("header") || entry.name().equals("requestheader")) {
                neverSet(entry).ifPresent(name -> told(entry, name));
            }
            tell(entry);
        }
    }

    /** The first variable of a value that has none; empty if a rule makes up names from a request. */
    private Optional<String> neverSet(Entry line) {
        String value = line.text("value");
        boolean formatted = !value.startsWith("expr=")
                && !line.text("action").toLowerCase(Locale.ROOT).startsWith("edit");
        if (!formatted || set.stream().anyMatch(name -> name.indexOf('%') >= 0 || name.indexOf('$') >= 0)) {
            return Optional.empty();
        }
        Matcher m = READ.matcher(value);
        while (m.find()) {
            boolean variable = "e".equals(m.group(2));
            if (variable
                    && !set.contains(m.group(1))
                    && !BUILT_IN.matcher(m.group(1)).matches()) {
                return Optional.of(m.group(1));
            }
        }
        return Optional.empty();
    }

    private void told(Entry line, String name) {
        String instead = OF_THE_REQUEST.contains(name)
                ? "write expr=%{" + name + "}, which reads it from the request"
                : "set it by SetEnv, SetEnvIf or a RewriteRule with the flag E, or delete the line";
        problems.noEffect(
                line.source(),
                line.spelling() + " " + Quoted.of(line.text("name")) + ": no line sets the variable of %{"
                        + Quoted.of(name) + "}e, so (null) is sent, as in httpd; " + instead);
    }
}
