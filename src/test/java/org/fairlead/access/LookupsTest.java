package org.fairlead.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.access.Passwords.Outcome;
import org.fairlead.files.WatchedFile;
import org.fairlead.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, files and passwords that are looked up, and for how long they are believed. */
class LookupsTest {
    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, List<String>> addresses = new HashMap<>();
    private long now;

    private final HostNames hostNames = new HostNames(
            new NameService() {
                @Override
                public Optional<String> name(InetAddress address) {
                    asked.add(address.getHostAddress());
                    return Optional.ofNullable(names.get(address.getHostAddress()));
                }

                @Override
                public List<InetAddress> addresses(String name) {
                    asked.add(name);
                    return addresses.getOrDefault(name, List.of()).stream()
                            .map(a -> HostNames.literal(a).orElseThrow())
                            .toList();
                }
            },
            () -> now);

    @Test
    void aNameIsBelievedOnlyWhereItLeadsBack() {
        names.put("192.0.2.1", "Good.Example.COM");
        addresses.put("Good.Example.COM", List.of("192.0.2.9", "192.0.2.1"));
        names.put("192.0.2.2", "good.example.com");

        assertThat(hostNames.confirmed("192.0.2.1")).contains("good.example.com");
        assertThat(hostNames.confirmed("192.0.2.2")).isEmpty();
        assertThat(hostNames.confirmed("192.0.2.3")).isEmpty();
    }

    @Test
    void anAnswerIsKeptForAMinute() {
        names.put("192.0.2.1", "a.test");
        addresses.put("a.test", List.of("192.0.2.1"));

        hostNames.confirmed("192.0.2.1");
        hostNames.confirmed("192.0.2.1");
        assertThat(asked).containsExactly("192.0.2.1", "a.test");

        now += HostNames.MAX_AGE.toNanos() + 1;
        names.clear();
        assertThat(hostNames.confirmed("192.0.2.1")).isEmpty();
    }

    @Test
    void whatIsNoAddressIsNeverLookedUp() {
        assertThat(hostNames.confirmed("evil.example.com")).isEmpty();
        assertThat(hostNames.confirmed("")).isEmpty();
        assertThat(hostNames.confirmed("beef")).isEmpty();
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,example.com,true", "example.com,a.example.com,true", "example.com,A.EXAMPLE.com,true",
        "example.com,anexample.com,false", ".example.com,a.example.com,true", ".example.com,example.com,false",
        "a.example.com,example.com,false", "'',example.com,false"
    })
    void aHostIsInADomainByWholeLabels(String domain, String host, boolean in) {
        assertThat(HostNames.isIn(domain, host)).isEqualTo(in);
    }

    @Test
    void aFileIsReadAgainWhenItHasChangedButNotMoreThanOnceASecond(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("users"), "a:1\n");
        Directory directory = new Directory(() -> now);
        assertThat(directory.users(file).orElseThrow()).containsOnly(Map.entry("a", "1"));

        Files.writeString(file, "b:2\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(123_000));
        assertThat(directory.users(file).orElseThrow()).containsOnlyKeys("a");
        now += WatchedFile.LOOKED_AT.toNanos();
        assertThat(directory.users(file).orElseThrow()).containsOnlyKeys("b");

        Files.delete(file);
        now += WatchedFile.LOOKED_AT.toNanos();
        assertThat(directory.users(file)).isEmpty();
        assertThat(directory.groups(file, "b")).isEmpty();
    }

    @Test
    void aRightPasswordIsComparedOnceAMinuteAndAWrongOneEveryTime() throws Exception {
        List<String> compared = new ArrayList<>();
        KnownPasswords known = new KnownPasswords(
                new BoundedPasswords((password, hash) -> {
                    compared.add(new String(password, StandardCharsets.ISO_8859_1) + "/" + hash);
                    return hash.equals("h1") && new String(password, StandardCharsets.ISO_8859_1).equals("right")
                            ? Outcome.RIGHT
                            : Outcome.WRONG;
                }),
                () -> now);

        for (int i = 0; i < 2; i++) {
            assertThat(known.compare("u", bytes("right"), "h1")).isEqualTo(Outcome.RIGHT);
            assertThat(known.compare("u", bytes("wrong"), "h1")).isEqualTo(Outcome.WRONG);
        }
        assertThat(compared).containsExactly("right/h1", "wrong/h1", "wrong/h1");
        assertThat(known.compare("u", bytes("right"), "h2")).isEqualTo(Outcome.WRONG);
        now += Duration.ofMinutes(1).toNanos() + 1;
        assertThat(known.compare("u", bytes("right"), "h1")).isEqualTo(Outcome.RIGHT);
        assertThat(compared).hasSize(5);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Basic YWxpY2U6c2VjcmV0     | alice/secret
            bAsIc    YWxpY2U6c2VjcmV0  | alice/secret
            Basic YWxpY2U6czplYzpyZXQ= | alice/s:ec:ret
            Basic YWxpY2U              | alice/
            Basic YWxpY2U6c2VjcmV0, Basic Ym9iOmE= | alice/secret
            Basic                      |
            Bearer YWxpY2U6c2VjcmV0    |
            Basic YQphOmI=             |
            Basic YQBhOmI=             |
            """)
    void credentialsAreReadAsHttpdReadsThem(String value, String expected) {
        Optional<String> read = Credentials.of(Headers.of("Authorization", value))
                .map(c -> c.user() + "/" + new String(c.password(), StandardCharsets.ISO_8859_1));

        assertThat(read).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void credentialsThatAreThereTwiceAreNone() {
        Headers headers = Headers.of("Authorization", "Basic YWxpY2U6c2VjcmV0", "Authorization", "Basic Ym9iOmE=");

        assertThat(Credentials.of(headers)).isEmpty();
    }
}
