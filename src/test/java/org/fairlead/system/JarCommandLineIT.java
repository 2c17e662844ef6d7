package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher as an operator meets it: its options, what it printsits exit codes and what it tells. */
class JarCommandLineIT {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final Pattern URL = Pattern.compile("http://[a-z0-9.]+:\\d+\\S*");

    @RegisterExtension
    final Members members = new Members();

    private static Path file(String name, String text) {
        return Leftovers.file(name, text);
    }

    @Test
    void aValidConfigurationIsSaidToBeSo() {
        FairleadJar.Result result =
                FairleadJar.run("--check", file("a.conf", "Listen 8080\nProxyPass / http://localhost:8000/\n") + "");
        assertThat(result.output()).contains("Syntax OK");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void everyProblemIsToldWithFileAndLineAtOnce() {
        Path file = file("a.conf", """
                Listen 99999
                ProxyPas / http://localhost:8000/
                <Proxy balancer://b>
                BalancerMember http://localhost:8000 loadfactor=1000
                BalancerMember http://localhost:8001 lbset=x
                </Proxy>
                ProxyPass /a/ balancer://b/
                KeepAlive Perhaps
                """);
        FairleadJar.Result result = FairleadJar.run("--check", file + "");
        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).doesNotContain("Syntax OK");
        for (int line : new int[] {1, 2, 4, 5, 8}) {
            assertThat(result.output()).contains("a.conf:" + line + ":");
        }
        assertThat(result.output()).contains("ProxyPass", "loadfactor", "1000", "lbset", "KeepAlive");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            no file          ~ --check /no/such/file.conf   ~ 1
            no option        ~ ''                           ~ 2
            unknown option   ~ --frobnicate                 ~ 2
            no value         ~ --config                     ~ 2
            two commands     ~ --demo --help                ~ 2
            a stray word     ~ --demo extra                 ~ 2
            a bad port       ~ --demo --port 70000          ~ 2
            a port elsewhere ~ --check a.conf --port 1      ~ 2
            help             ~ --help                       ~ 0
            version          ~ --version                    ~ 0
            """)
    void endsWithTheExitCodeThatTheManualPromises(String name, String arguments, int exitCode) {
        FairleadJar.Result result = FairleadJar.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(result.exitCode()).as(result.output()).isEqualTo(exitCode);
        assertThat(result.output()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(FairleadJar.run("--help").output())
                .contains("--config", "--check", "--print", "--balance", "--demo", "--port", "--version", "--help");
    }

    @Test
    void whatIsPrintedIsLoadedAgainAndMeansTheSame() throws IOException {
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        Path conf = file("a.conf", """
                Listen 127.0.0.1:0
                <Proxy balancer://mycluster>
                BalancerMember %s loadfactor=2 route=r1
                BalancerMember %s status=+H route=r2 retry=5
                ProxySet lbmethod=byrequests stickysession=ROUTEID|routeid
                </Proxy>
                ProxyPass /a/ balancer://mycluster/ nocanon
                ProxyPassReverse /a/ balancer://mycluster/
                RequestHeader set X-A "b c"
                ErrorDocument 503 "Sorry, %%"
                """.formatted(a.uri(), b.uri()));
        FairleadJar.Result printed = FairleadJar.run("--print", conf + "");
        assertThat(printed.exitCode()).as(printed.output()).isZero();
        Path yaml = file("b.yaml", printed.output());
        assertThat(FairleadJar.run("--check", yaml + "").output()).contains("Syntax OK");
        assertThat(FairleadJar.run("--print", yaml + "").output().lines().skip(1))
                .containsExactlyElementsOf(printed.output().lines().skip(1).toList());
        try (FairleadJar jar = FairleadJar.start("--config", yaml + "")) {
            WireMessage response = RawClient.exchange(jar.port(), GET.replace("/x", "/a/x"));
            assertThat(response.bodyText()).isEqualTo("a");
            assertThat(a.requests().get(0).header("X-A")).containsExactly("b c");
        }
    }

    @Test
    void balanceNeedsNoFile() throws IOException {
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        try (FairleadJar jar = FairleadJar.start("--balance", a.uri() + "," + b.uri(), "--port", "0")) {
            for (int i = 0; i < 6; i++) {
                assertThat(RawClient.exchange(jar.port(), GET).status()).isEqualTo(200);
            }
        }
        assertThat(a.count()).isEqualTo(3);
        assertThat(b.count()).isEqualTo(3);
    }

    @Test
    void theDemoPrintsUrlsThatWork() throws Exception {
        try (FairleadJar jar = FairleadJar.start("--demo", "--port", "0")) {
            await().until(() -> jar.output().lines().count() > 1);
            List<String> urls = URL.matcher(jar.output())
                    .results()
                    .map(MatchResult::group)
                    .filter(url -> !url.contains("BALANCER"))
                    .distinct()
                    .toList();
            assertThat(urls).isNotEmpty();
            for (String url : urls) {
                URI uri = URI.create(url);
                // The head alone: one of them is a stream of events that takes its time.
                try (RawClient client = RawClient.to(uri.getPort())) {
                    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
                    WireMessage head = client.send(
                                    "GET " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n")
                            .readHead();
                    assertThat(head.status()).as(url).isEqualTo(200);
                }
            }
            assertThat(jar.stop()).isZero();
        }
    }

    @Test
    void anArchiveThatCannotBeWrittenIsSaidToBeSo() {
        FairleadJar.Result result =
                FairleadJar.run("--archive-classes", Leftovers.file("file", "").resolve("no/such/folder") + "");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("no archive", "no/such/folder").doesNotContain("\tat ");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Loopback.address())) {
            FairleadJar.Result result = FairleadJar.run(
                    "--config",
                    file("a.conf", "Listen 127.0.0.1:" + taken.getLocalPort() + "\nProxyPass / http://localhost:1/\n")
                            + "");
            assertThat(result.exitCode()).as(result.output()).isEqualTo(3);
            assertThat(result.output()).contains(taken.getLocalPort() + "").doesNotContain("\tat ");
        }
    }

    @Test
    void aConfigurationThatIsRefusedDoesNotListen() {
        FairleadJar.Result result =
                FairleadJar.run("--config", file("a.conf", "Listen 127.0.0.1:0\nRequire all denied\n") + "");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("a.conf:2:").doesNotContain("listening on");
    }

    @Test
    void aMissingCertificateIsAProblemOfTheConfiguration() {
        FairleadJar.Result result = FairleadJar.run(
                "--check",
                file("a.conf", "SSLEngine on\nSSLCertificateFile /no/such.pem\nSSLCertificateKeyFile /no/such.key\n")
                        + "");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("a.conf:2:", "/no/such.pem");
    }
}
