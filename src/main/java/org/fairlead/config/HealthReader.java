package org.fairlead.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fairlead.expression.ExpressionException;
import org.fairlead.health.HealthExpression;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberProtocol;

/** Reads a member's probe; templates and expressions are those of its own server and of the main server. */
final class HealthReader {
    private static final String METHODS =
            "TCP, OPTIONS, HEAD, GET, OPTIONS11, HEAD11, GET11 or None; CPING for an ajp:// member";
    private static final Duration MAX_PROBE_TIME = Duration.ofSeconds(10);
    private static final int MAX_NAME_CHARS = 15;

    private final Map<String, Entry> templates = new LinkedHashMap<>();
    private final Map<String, Entry> expressions = new LinkedHashMap<>();
    private final Problems problems;

    private HealthReader(Problems problems) {
        this.problems = problems;
    }

    static HealthReader ofMainServer(Entry server, Problems problems) {
        HealthReader reader = new HealthReader(problems);
        reader.add(server);
        return reader;
    }

    /** What a virtual host's members may name: its own, then the main server's. */
    HealthReader inside(Entry host) {
        HealthReader reader = new HealthReader(problems);
        reader.templates.putAll(templates);
        reader.expressions.putAll(expressions);
        reader.add(host);
        return reader;
    }

    private void add(Entry server) {
        for (Entry expression : server.all("proxyhcexpr")) {
            String name = expression.text("name");
            if (name.isEmpty()
                    || name.length() > MAX_NAME_CHARS
                    || expression.text("expression").isBlank()) {
                problems.badValue(
                        expression.source(),
                        "ProxyHCExpr",
                        name,
                        "a name of at most " + MAX_NAME_CHARS + " characters and an expression");
            } else {
                check(expression);
            }
            expressions.put(name, expression);
        }
        for (Entry template : server.all("proxyhctemplate")) {
            if (template.text("name").isEmpty()) {
                problems.badValue(template.source(), "ProxyHCTemplate", "", "a name and parameters");
            }
            templates.put(template.text("name").toLowerCase(Locale.ROOT), template);
        }
    }

    private void check(Entry expression) {
        try {
            HealthExpression.parse(expression.text("expression"));
        } catch (ExpressionException e) {
            problems.error(expression.source(), "ProxyHCExpr '" + expression.text("name") + "': " + e.getMessage());
        }
    }

    /** Returns the probe that these parameters ask for, or empty if they ask for none. */
    Optional<HealthCheckConfig> read(Map<String, Entry> member, Duration memberTimeout, MemberProtocol protocol) {
        Values values = withTemplate(member);
        Optional<Entry> word = values.entry("hcmethod");
        if (word.isEmpty()) {
            tellUseless(values);
            return Optional.empty();
        }
        if (word.get().value().equalsIgnoreCase("none")) {
            return Optional.empty();
        }
        Optional<HealthCheckConfig.Method> method = method(word.get());
        method.ifPresent(known -> checkProtocol(known, word.get(), protocol));
        Duration shorter = memberTimeout.compareTo(MAX_PROBE_TIME) < 0 ? memberTimeout : MAX_PROBE_TIME;
        HealthCheckConfig.Method httpd = HealthCheckConfig.Method.TCP;
        return Optional.of(new HealthCheckConfig(
                method.orElse(httpd),
                values.time("hcinterval", ChronoUnit.SECONDS, Duration.ofMillis(100))
                        .orElse(Duration.ofSeconds(30)),
                values.integer("hcpasses", 1, Integer.MAX_VALUE, 1),
                values.integer("hcfails", 1, Integer.MAX_VALUE, 1),
                uri(values),
                expression(values),
                values.time("hctimeout", ChronoUnit.SECONDS, Duration.ofMillis(1))
                        .orElse(shorter)));
    }

    private Values withTemplate(Map<String, Entry> member) {
        Map<String, Entry> all = new LinkedHashMap<>();
        Optional<Entry> named = Optional.ofNullable(member.get("hctemplate"));
        List<String> seen = new ArrayList<>();
        while (named.isPresent()) {
            Entry reference = named.get();
            String name = reference.value().toLowerCase(Locale.ROOT);
            Optional<Entry> template = Optional.ofNullable(templates.get(name));
            if (template.isEmpty() || seen.contains(name)) {
                Values.bad(problems, reference, known("ProxyHCTemplate", name, templates));
                break;
            }
            seen.add(name);
            template.get().entries().forEach(e -> all.putIfAbsent(e.name(), e));
            named = template.get().last("hctemplate");
        }
        all.putAll(member);
        return new Values(all, problems);
    }

    private static String known(String directive, String name, Map<String, Entry> defined) {
        if (defined.isEmpty()) {
            return "the name of a " + directive + ", and there is none";
        }
        return DidYouMean.of(name, defined.keySet())
                .map(nearest -> nearest + "?")
                .orElse("the name of a " + directive + ": " + String.join(", ", defined.keySet()));
    }

    private void tellUseless(Values values) {
        for (String key : List.of("hcinterval", "hcpasses", "hcfails", "hcuri", "hcexpr", "hctimeout")) {
            values.entry(key)
                    .ifPresent(e -> problems.noEffect(
                            e.source(), key + " '" + e.value() + "' does nothing without hcmethod, as in httpd"));
        }
    }

    private Optional<HealthCheckConfig.Method> method(Entry word) {
        for (HealthCheckConfig.Method method : HealthCheckConfig.Method.values()) {
            if (method.name().equalsIgnoreCase(word.value())) {
                return Optional.of(method);
            }
        }
        Values.bad(problems, word, METHODS);
        return Optional.empty();
    }

    /** httpd sends HTTP to the AJP port, so that the member never passes. */
    private void checkProtocol(HealthCheckConfig.Method method, Entry word, MemberProtocol protocol) {
        if (!method.suits(protocol)) {
            boolean ajp = protocol == MemberProtocol.AJP;
            Values.bad(
                    problems, word, ajp ? "CPING, TCP or None for an ajp:// member, which answers no HTTP" : METHODS);
        }
    }

    private static String uri(Values values) {
        Optional<Entry> uri = values.entry("hcuri");
        if (uri.isPresent()
                && (uri.get().value().length() > 95 || uri.get().value().chars().anyMatch(c -> c <= ' '))) {
            values.bad(uri.get(), "at most 95 characters without blanks");
            return "";
        }
        return uri.map(Entry::value).orElse("");
    }

    private String expression(Values values) {
        Optional<Entry> named = values.entry("hcexpr");
        if (named.isEmpty()) {
            return "";
        }
        Optional<Entry> found = Optional.ofNullable(expressions.get(named.get().value()));
        if (found.isEmpty()) {
            values.bad(named.get(), known("ProxyHCExpr", named.get().value(), expressions));
        }
        return found.map(e -> e.text("expression")).orElse("");
    }
}
