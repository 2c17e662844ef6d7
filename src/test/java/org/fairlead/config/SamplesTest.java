package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairlead.config.ManualPage.Sample;
import org.fairlead.model.HostConfig;
import org.fairlead.model.ProxyConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration that README and manual show can be loaded, or is refused with the words that they show. */
class SamplesTest {
    private static final Map<String, String> FORMATS =
            Map.of("apache", "conf", "yaml", "yaml", "json", "json", "xml", "xml", "properties", "properties");
    private static final Pattern FILE = Pattern.compile("/etc/[\\w/.-]+\\.(?:pem|crt|key|html)|/var/[\\w/.-]+\\.html");
    private static final Pattern PHRASE = Pattern.compile("file:/etc/[\\w/.-]+\\.phrase");
    private static final String PASSWORD = "sample";

    @TempDir
    private static Path folder;

    /** Stands for every certificate and key file that a sample names. */
    private static Path pem;
    /** Stands for every page. */
    private static Path html;
    /** Stands for every file of tokens. */
    private static Path tokens;

    @BeforeAll
    static void makeTheFilesThatSamplesName() throws Exception {
        Path store = folder.resolve("sample.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "sample",
                        "-dname",
                        "CN=shop.example.com",
                        "-validity",
                        "10",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        tokens = Files.writeString(folder.resolve("tokens"), "deploy:operator:" + "0123456789abcdef".repeat(4) + "\n");
        byte[] key = keys.getKey("sample", PASSWORD.toCharArray()).getEncoded();
        pem = folder.resolve("sample.pem");
        Files.writeString(
                pem, block("CERTIFICATE", keys.getCertificate("sample").getEncoded()) + block("PRIVATE KEY", key));
        html = Files.writeString(folder.resolve("sample.html"), "<p>sorry</p>");
    }

    private static String block(String type, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> manual = Files.list(Path.of("src/site/markdown"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), manual.sorted().toList().stream())
                    .filter(file -> file.toString().endsWith(".md"));
        }
    }

    static Stream<Sample> samples() throws IOException {
        return pages().flatMap(file -> ManualPage.read(file).samples().stream())
                // Of a container's own files nothing is read here.
                .filter(sample -> FORMATS.containsKey(sample.language()) && !isOfTheContainer(sample));
    }

    private static boolean isOfTheContainer(Sample sample) {
        return sample.language().equals("xml") && !sample.text().contains("<fairlead");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void isAcceptedOrRefusedAsItSays(Sample sample) throws ConfigException {
        if (sample.refused().isEmpty()) {
            load(sample);
        } else {
            assertThatThrownBy(() -> load(sample))
                    .isInstanceOfSatisfying(
                            ConfigException.class,
                            e -> assertThat(e.problems())
                                    .extracting(Problem::text)
                                    .contains(sample.refused().orElseThrow()));
        }
    }

    private static LoadedConfig load(Sample sample) throws ConfigException {
        return new ConfigLoader().load(provided(sample), FORMATS.get(sample.language()), sample.toString());
    }

    /** The sample with files that are there in the place of those that it names. */
    private static String provided(Sample sample) {
        String text = sample.text().replace("conf/tokens", tokens.toString());
        return FILE.matcher(PHRASE.matcher(text).replaceAll("file:" + html))
                .replaceAll(m -> (m.group().endsWith(".html") ? html : pem).toString());
    }

    /** The container's directives in the WAR's page are those that the log speaks of. */
    @Test
    void theWarsPageNamesWhatTheContainerDecides() {
        Map<String, String> written =
                ManualPage.read(Path.of("src/site/markdown/war.md")).rows("directive", "in `server.xml`").stream()
                        .collect(Collectors.toMap(
                                row -> ManualPage.code(row.get(0)).get(0).toLowerCase(Locale.ROOT),
                                row -> row.get(1).replace("&lt;", "<")));

        assertThat(written).isEqualTo(ConnectorDirectives.all());
    }

    /** A block of messages shows all that is said of the sample before it. */
    @Test
    void messagesAreThoseOfTheSampleBefore() {
        Pattern message = Pattern.compile("(\\w+\\.conf):\\d+: .*");
        List<Sample> blocks =
                ManualPage.read(Path.of("src/site/markdown/moving.md")).samples();
        int shown = 0;
        for (int i = 1; i < blocks.size(); i++) {
            List<String> lines = blocks.get(i).text().lines().toList();
            Matcher first = message.matcher(lines.get(0));
            if (blocks.get(i).language().equals("text") && first.matches()) {
                assertThat(said(blocks.get(i - 1), first.group(1)))
                        .as(blocks.get(i).toString())
                        .isEqualTo(lines);
                shown++;
            }
        }
        assertThat(shown).isEqualTo(3);
    }

    private static List<String> said(Sample sample, String name) {
        List<Problem> problems;
        try {
            problems = new ConfigLoader().load(provided(sample), "conf", name).notices();
        } catch (ConfigException e) {
            problems = e.problems();
        }
        return problems.stream().map(Problem::toString).toList();
    }

    @Test
    void theFormatsSayTheSame() throws ConfigException {
        List<Sample> small = ManualPage.read(Path.of("src/site/markdown/configuration.md")).samples().stream()
                .filter(sample -> FORMATS.containsKey(sample.language()))
                .toList();
        assertThat(small).extracting(Sample::language).containsExactlyInAnyOrderElementsOf(FORMATS.keySet());

        for (Sample sample : small) {
            assertThat(meaning(load(sample).config()))
                    .as(sample.language())
                    .isEqualTo(meaning(load(small.get(0)).config()));
        }
    }

    /** What is left of a configuration without the lines where it is said. */
    private static String meaning(ProxyConfig config) {
        HostConfig host = config.mainHost();
        return Stream.of(
                        config.listeners(),
                        host.routes(),
                        host.reverses(),
                        config.balancers().values())
                .map(part -> part.toString().replaceAll("[\\w.]+\\.md:\\d+(:\\d+)?|Source\\[[^]]*]", ""))
                .toList()
                .toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void linksLeadToPagesAndHeadingsThatAreThere(Path page) {
        Pattern link = Pattern.compile("]\\(([^)#:]*)(?:#([^)]*))?\\)");
        for (String line : ManualPage.read(page).lines()) {
            link.matcher(line).results().forEach(m -> {
                Path target = m.group(1).isEmpty()
                        ? page
                        : Optional.ofNullable(page.getParent())
                                .orElse(Path.of(""))
                                .resolve(m.group(1));
                assertThat(target).as(page + ": " + line).exists();
                if (m.group(2) != null) {
                    assertThat(headings(target)).as(page + ": " + line).contains(m.group(2));
                }
            });
        }
    }

    /** The headings of a page as links name them. */
    private static List<String> headings(Path page) {
        return ManualPage.read(page).lines().stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
