package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairlead.config.Directive.Place;
import org.fairlead.config.Directive.Standing;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.HostConfig;
import org.fairlead.model.LocationConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.model.ServerConfig;
import org.fairlead.model.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference knows every key that the code knows, and no other; its defaults and ranges are the code's. */
class ConfigurationPageTest {
    private static final ManualPage PAGE = ManualPage.read(Path.of("src/site/markdown/configuration.md"));
    private static final Map<Place, String> PLACES =
            Map.of(Place.SERVER, "server", Place.HOST, "host", Place.LOCATION, "location", Place.PROXY, "proxy");
    /** Refused but for Off, which is worth saying. */
    private static final String ONLY_OFF = "ProxyRequests";

    private static final Pattern RANGE = Pattern.compile("`([\\w.]+)` to `([\\w.]+)`");
    private static final Pattern FROM = Pattern.compile("`(\\w+)` or more");
    private static final Set<String> EJECTION = Set.of("ejectafter", "ejecttime", "maxejected", "panicthreshold");

    private static String name(String usage) {
        String word = usage.split("\\s", 2)[0];
        return word.startsWith("<") && !word.endsWith(">") ? word + ">" : word;
    }

    @Test
    void everyDirectiveThatRunsIsThereAndNoOther() {
        Set<String> inTables = Stream.concat(
                        PAGE.rows("directive", "default").stream(), PAGE.rows("directive", "meaning").stream())
                .flatMap(row -> ManualPage.code(row.get(0)).stream())
                .map(ConfigurationPageTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> running = Directives.ALL.all().stream()
                .filter(d -> d.standing() == Standing.RUNS || d.standing() == Standing.DIFFERS)
                .map(Directive::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(inTables).isSubsetOf(with(running, ONLY_OFF));
        assertThat(running).isSubsetOf(with(inTables, PAGE.code().toArray(String[]::new)));
    }

    private static Set<String> with(Set<String> names, String... more) {
        Set<String> all = new TreeSet<>(names);
        all.addAll(Arrays.asList(more));
        return all;
    }

    static Stream<Arguments> directives() {
        return PAGE.rows("directive", "default", "where").stream()
                .map(row -> Arguments.of(name(ManualPage.code(row.get(0)).get(0)), row.get(1), row.get(2)));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("directives")
    void directivesStandWhereTheyAreRead(String name, String written, String where) {
        Directive directive = Directives.ALL.find(name.replace(">", "")).orElseThrow();
        Set<String> places = Arrays.stream(Place.values())
                .filter(place -> directive.places().contains(place) && DirectivesPage.isRead(directive, place))
                .map(PLACES::get)
                .collect(Collectors.toSet());

        assertThat(Set.of(where.split(", "))).isEqualTo(places);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("directives")
    void theDefaultOfADirectiveChangesNothing(String name, String written, String where) throws ConfigException {
        for (String value : ManualPage.code(written)) {
            assertThat(plain(server(name + " " + value))).isEqualTo(plain(server("#")));
        }
    }

    private static ProxyConfig server(String line) throws ConfigException {
        return load(List.of(
                line,
                "<Proxy balancer://b>",
                "BalancerMember http://a:1 hcmethod=GET",
                "</Proxy>",
                "ProxyPass /m https://m",
                "ProxyPass / balancer://b/"));
    }

    private static ProxyConfig load(List<String> lines) throws ConfigException {
        return new ConfigLoader()
                .load(String.join("\n", lines) + "\n", "conf", "page.conf")
                .config();
    }

    /** What of a configuration has an effect: a default that is said is one that is not said. */
    private record Plain(
            ServerConfig server, Object listeners, List<Object> host, Map<String, BalancerConfig> balancers) {}

    private static Plain plain(ProxyConfig config) {
        HostConfig host = config.mainHost();
        Settings s = host.settings();
        return new Plain(
                config.server(),
                config.listeners().stream()
                        .map(l -> l.address() + ":" + l.port() + l.isSecure())
                        .toList(),
                List.of(
                        host.serverName(),
                        host.routes(),
                        host.via(),
                        host.encodedSlashes(),
                        host.maxForwards(),
                        host.locations().stream().map(LocationConfig::match).toList(),
                        s.preservesHost(),
                        s.addsHeaders(),
                        s.overrides(500),
                        s.bodyLimit()),
                config.balancers());
    }

    @Test
    void everyParameterIsThereAndNoOther() {
        assertThat(parameters("Parameters of a member").keySet()).isEqualTo(Schema.MEMBER_PARAMETERS);
        assertThat(parameters("Parameters of a balancer").keySet()).isEqualTo(Schema.BALANCER_PARAMETERS);
        assertThat(words(BalancerConfig.Method.values())).isEqualTo(allowed("Parameters of a balancer", "lbmethod"));
        assertThat(words(MemberConfig.Resolve.values())).isEqualTo(allowed("Parameters of a member", "resolve"));
        assertThat(with(words(HealthCheckConfig.Method.values()), "none"))
                .isEqualTo(allowed("Parameters of a member", "hcmethod"));
    }

    private static Set<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> allowed(String chapter, String parameter) {
        return ManualPage.code(parameters(chapter).get(parameter).get(2)).stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rows of a chapter's table by their parameter. */
    private static Map<String, List<String>> parameters(String chapter) {
        int start = PAGE.lines().indexOf("## " + chapter);
        List<String> lines = PAGE.lines().subList(start + 1, PAGE.lines().size());
        int end = lines.stream()
                .filter(line -> line.startsWith("## "))
                .findFirst()
                .map(lines::indexOf)
                .orElse(lines.size());
        return new ManualPage(PAGE.file(), lines.subList(0, end))
                .rows("parameter", "default", "range").stream()
                        .collect(Collectors.toMap(
                                row -> ManualPage.code(row.get(0)).get(0), row -> row));
    }

    static Stream<Arguments> parameters() {
        return Stream.of("member", "balancer")
                .flatMap(of -> parameters("Parameters of a " + of).entrySet().stream()
                        .map(e -> Arguments.of(
                                of,
                                e.getKey(),
                                e.getValue().get(1),
                                e.getValue().get(2))));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("parameters")
    void theDefaultOfAParameterChangesNothing(String of, String key, String written, String range)
            throws ConfigException {
        for (String value : ManualPage.code(written)) {
            assertThat(plain(with(of, key, Optional.of(value)))).isEqualTo(plain(with(of, key, Optional.empty())));
        }
    }

    @ParameterizedTest(name = "{0}: {1} {3}")
    @MethodSource("parameters")
    void theRangeIsWhatIsTaken(String of, String key, String written, String range) throws ConfigException {
        Set<String> good = new LinkedHashSet<>();
        Set<String> bad = new LinkedHashSet<>();
        Matcher bounds = RANGE.matcher(range);
        Matcher from = FROM.matcher(range);
        if (bounds.matches()) {
            good.addAll(List.of(bounds.group(1), bounds.group(2)));
            bad.add(beside(bounds.group(1), -1));
            bad.add(beside(bounds.group(2), 1));
        } else if (from.matches()) {
            good.add(from.group(1));
            bad.add(beside(from.group(1), -1));
        } else if (range.equals("flag")) {
            good.addAll(List.of("On", "Off"));
            bad.add("maybe");
        } else if (range.startsWith("`") && range.contains("`, `") && !range.contains(" or ")) {
            ManualPage.code(range).stream()
                    .map(word -> word.replace("NAME", "x"))
                    .forEach(good::add);
            bad.add("nonsense");
        }

        for (String value : good) {
            with(of, key, Optional.of(value));
        }
        for (String value : bad) {
            assertThatThrownBy(() -> with(of, key, Optional.of(value)))
                    .as(key + "=" + value)
                    .isInstanceOf(ConfigException.class);
        }
    }

    /** The value one below or above, in the unit that it is written in. */
    private static String beside(String bound, int by) {
        String unit = bound.endsWith("ms") ? "ms" : "";
        long number = unit.isEmpty()
                ? Units.size(bound).orElseThrow()
                : Long.parseLong(bound.substring(0, bound.length() - 2));
        return number + by + unit;
    }

    /** A balancer of one member with one parameter more. */
    private static ProxyConfig with(String of, String key, Optional<String> value) throws ConfigException {
        String pair = value.map(v -> " " + key + "=" + v).orElse("");
        boolean member = of.equals("member");
        Predicate<String> probed = k -> k.startsWith("hc") && !k.equals("hcmethod");
        String ejection = EJECTION.contains(key) ? " panicthreshold=0" : "";
        return load(List.of(
                "<Proxy balancer://b>",
                "BalancerMember " + (value.filter("CPING"::equals).isPresent() ? "ajp" : "http") + "://a:1"
                        + (member && probed.test(key) ? " hcmethod=GET" : "")
                        + (member ? pair : ""),
                "ProxySet stickysession=S" + ejection + (member ? "" : pair),
                "</Proxy>",
                "ProxyPass / balancer://b/"));
    }

    @Test
    void theNativeFormsKeysAreThoseOfTheSchema() {
        Set<String> seen = new TreeSet<>();
        for (List<String> row : PAGE.rows("section", "its keys, beside the parameters of members and balancers")) {
            List<String> sections = ManualPage.code(row.get(0));
            Set<String> keys = new TreeSet<>();
            sections.forEach(section -> keys.addAll(ownKeys(section)));
            Set<String> written = ManualPage.code(row.get(1)).stream()
                    .filter(word -> word.matches("[a-z]+"))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(written).as(row.get(0)).isEqualTo(keys);
            seen.addAll(sections);
        }
        assertThat(with(seen, "")).isEqualTo(new TreeSet<>(Schema.sections()));
    }

    /** The keys that are neither parameters nor directives. */
    private static Set<String> ownKeys(String section) {
        Set<String> keys = new TreeSet<>(Schema.names(section));
        if (keys.contains("hcmethod")) {
            keys.removeAll(Schema.MEMBER_PARAMETERS);
            keys.removeAll(Schema.BALANCER_PARAMETERS);
        }
        Directives.ALL.all().stream()
                .filter(d -> d.shape() != Directive.Shape.ANY)
                .map(Directive::node)
                .filter(node -> !node.equals("balancermember") || !section.equals("proxy"))
                .forEach(keys::remove);
        return keys;
    }
}
