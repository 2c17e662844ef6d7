package org.fairlead;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The walls of the house, as the architecture page draws them.
 *
 * <p>Who finds a wall in the wrong place moves it here and on the page, with the reason.
 */
class HouseRulesTest {
    private static final String HOUSE = "org.fairlead.";
    private static final int LINES_PER_FILE = 300;
    private static final int MAX_WORDS = 35;

    private static final Pattern PERSON =
            Pattern.compile("\\b(?:who|whom|whoever|nobody|somebody|anybody)\\b", Pattern.CASE_INSENSITIVE);

    /** Row 1 first; whoever uses stands in a higher row than what it uses, and neighbours do not know each other. */
    private static final List<List<String>> ROWS = List.of(
            List.of("http", "model", "files", "concurrent", "counters"),
            List.of("exchange"),
            List.of("expression", "tls", "eventloop"),
            List.of("route", "rewrite", "access", "balancer", "accesslog", "filter"),
            List.of("engine", "health"),
            List.of("operations"),
            List.of("upstream", "metrics", "config", "password"),
            List.of("runtime"),
            List.of("admin", "api"),
            List.of("servlet"),
            List.of("connector", "spring"),
            List.of("boot"));

    /** Rows 1 to this one are the domain: java.* and each other. */
    private static final int DOMAIN_ROWS = 6;

    /** The only package that may import what begins so. */
    private static final Map<String, List<String>> GUESTS = Map.of(
            // What of the JDK is about TLS and ciphers: read once in the domain, spoken at its edges.
            "tls", List.of("javax.crypto.", "javax.net.ssl.", "javax.security."),
            "upstream", List.of("org.apache.hc."),
            "metrics", List.of("io.prometheus.", "io.micrometer.", "io.opentelemetry."),
            // Events of the running proxy in a flight recording.
            "runtime", List.of("jdk.jfr."),
            "password", List.of("at.favre.lib.", "org.apache.commons.codec.digest."),
            "config", List.of("org.apache.commons.configuration2.", "org.yaml.snakeyaml."),
            "servlet", List.of("jakarta.servlet.", "org.mitre.dsmiley.httpproxy.", "org.apache.http."),
            "spring", List.of("org.springframework.", "io.micrometer.core.", "jakarta.servlet."),
            "connector",
                    List.of(
                            "org.apache.catalina.",
                            "org.apache.tomcat.",
                            "org.apache.coyote.",
                            "jakarta.servlet.",
                            // How busy the machine is.
                            "com.sun.management."),
            "boot",
                    List.of(
                            "org.apache.catalina.",
                            "org.apache.commons.cli.",
                            "org.apache.tomcat.util.modeler.",
                            "jakarta.servlet.",
                            // The sample members of --demo.
                            "com.sun.net.httpserver."));

    /** What of the JDK the adapters may use beside java.*. */
    private static final List<String> JDK = List.of("java.", "javax.", "org.w3c.dom.", "org.xml.sax.");

    /** What of it only {@link #TLS_ROOMS} may use. */
    private static final List<String> TLS = List.of("javax.crypto.", "javax.net.ssl.", "javax.security.");

    /** Where TLS is read and spoken. */
    private static final List<String> TLS_ROOMS = List.of("tls", "upstream", "connector");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.fairlead");

    private static final JavaClasses ALL = new ClassFileImporter().importPackages("org.fairlead");

    @Test
    void everyClassLivesInARoomOfTheHouse() {
        classes()
                .should(satisfy("live in a package of the picture", type -> row(type) > 0))
                .check(MAIN);
    }

    @Test
    void arrowsPointDownAndNeverWithinARow() {
        classes()
                .should(onlyDependSo(
                        "use lower rows only",
                        (origin, used) -> !isOurs(used) || room(origin).equals(room(used)) || row(used) < row(origin)))
                .check(MAIN);
    }

    @Test
    void packagesWithinARoomHaveNoCyclesEither() {
        slices().matching("org.fairlead.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void everyLibraryHasOneDoor() {
        classes()
                .should(onlyDependSo(
                        "import java.*, the house, and the guests of their room",
                        (origin, used) -> isOurs(used) || mayImport(origin, used)))
                .check(MAIN);
    }

    @Test
    void theLauncherMeetsTheServletThroughWebXmlOnly() {
        noClasses()
                .that()
                .resideInAnyPackage("org.fairlead.boot..", "org.fairlead.connector..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.fairlead.servlet..", "org.fairlead.admin..")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void namesSayWhatAClassIsFor() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Managers?|Helpers?|Impl)(\\$.*)?")
                .check(MAIN);
    }

    @Test
    void onlyTheLauncherSpeaksToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.fairlead.boot..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethodWhere(target(name("printStackTrace")))
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void nobodySleepsNotEvenInTests() {
        noClasses()
                .should()
                .callMethodWhere(target(name("sleep"))
                        .and(target(owner(nameMatching("java\\.lang\\.Thread|java\\.util\\.concurrent\\.TimeUnit")))))
                .check(ALL);
    }

    /** A client's or member's text meets {@code expression.Regex} only, whose work is bounded; these rooms read the operator's. */
    private static final List<String> READERS_OF_CONFIGURATION =
            List.of("config", "boot", "connector", "password", "tls");

    @Test
    void patternsThatMeetForeignTextAreBounded() {
        classes()
                .should(onlyDependSo(
                        "leave java.util.regex to Regex and Occurrences, and to the readers of configurations",
                        (origin, used) -> !used.getPackageName().equals("java.util.regex")
                                || READERS_OF_CONFIGURATION.contains(room(origin))
                                || origin.getSimpleName().equals("Regex")
                                || origin.getSimpleName().equals("Occurrences")))
                .check(MAIN);
        noClasses()
                .that(DescribedPredicate.describe(
                        "are of the domain", type -> row(type) > 0 && row(type) <= DOMAIN_ROWS))
                .should()
                .callMethodWhere(target(nameMatching("matches|replaceAll|replaceFirst"))
                        .and(target(owner(name("java.lang.String")))))
                .check(MAIN);
    }

    @Test
    void aFileHasOneJobAndFitsThreeHundredLines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> lines(file) > LINES_PER_FILE))
                    .isEmpty();
        }
    }

    /** People read the manual to find a fact, many of them not in their mother tongue. */
    @Test
    void theManualIsPlainTechnicalEnglish() throws IOException {
        List<String> mistakes = new ArrayList<>();
        for (ManualProse page : ManualProse.all()) {
            for (String sentence : page.sentences()) {
                if (sentence.split("\\s+").length > MAX_WORDS) {
                    mistakes.add(page.name() + ": more than " + MAX_WORDS + " words: " + sentence);
                }
                if (PERSON.matcher(sentence).find()) {
                    mistakes.add(page.name() + ": a person, not a type, thread, peer or value: " + sentence);
                }
            }
        }
        assertThat(mistakes).isEmpty();
    }

    private static ArchCondition<JavaClass> satisfy(String rule, Predicate<JavaClass> holds) {
        return new ArchCondition<>(rule) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!holds.test(type)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " does not " + rule));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> onlyDependSo(String rule, BiPredicate<JavaClass, JavaClass> holds) {
        return new ArchCondition<>(rule) {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    JavaClass used = dependency.getTargetClass().getBaseComponentType();
                    if (!used.isPrimitive() && !holds.test(origin, used)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(JavaClass type) {
        return type.getName().startsWith(HOUSE);
    }

    /** Returns the first package below the house's, for its nested ones too. */
    private static String room(JavaClass type) {
        return type.getPackageName().concat(".").substring(HOUSE.length()).split("\\.", 2)[0];
    }

    /** Returns the row counted from 1, or 0 for a class that lives nowhere in the picture. */
    private static int row(JavaClass type) {
        return IntStream.range(0, ROWS.size())
                        .filter(index -> ROWS.get(index).contains(room(type)))
                        .findFirst()
                        .orElse(-1)
                + 1;
    }

    private static boolean mayImport(JavaClass origin, JavaClass used) {
        List<String> jdk = row(origin) <= DOMAIN_ROWS ? List.of("java.") : JDK;
        if (TLS.stream().anyMatch(used.getName()::startsWith) && !TLS_ROOMS.contains(room(origin))) {
            return false;
        }
        return Stream.concat(jdk.stream(), GUESTS.getOrDefault(room(origin), List.of()).stream())
                .anyMatch(used.getName()::startsWith);
    }
}
