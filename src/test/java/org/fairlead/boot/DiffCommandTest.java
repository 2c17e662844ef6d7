package org.fairlead.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --diff}: each kind of change is found at its boundary, and what stays the same is not printed. */
class DiffCommandTest {
    private static final String BASE = """
            ServerName h
            <Proxy balancer://b>
                BalancerMember http://a:8000 route=a
                BalancerMember http://c:8000 route=c
                ProxySet stickysession=S
            </Proxy>
            """;

    @TempDir
    private Path folder;

    private int code;

    private String diff(String old, String next, String... more) throws Exception {
        Path before = Files.writeString(folder.resolve("old.conf"), old.replace(" ; ", "\n"));
        Path after = Files.writeString(folder.resolve("new.conf"), next.replace(" ; ", "\n"));
        String[] arguments = new String[3 + more.length];
        arguments[0] = "--diff";
        arguments[1] = before.toString();
        arguments[2] = after.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        code = new Main(stream, stream).run(arguments);
        return out.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            ProxyPass /a balancer://b ¦ ProxyPass /a balancer://b ; ProxyPass /n balancer://b ¦ GET http://h:8080/n/x §- decision: decline 404§+ decision: forward
            ProxyPass /a balancer://b ¦ ProxyPass /ab balancer://b ¦ GET http://h:8080/a/x§- decision: forward§+ decision: decline 404
            ProxyPass /a balancer://b ¦ ProxyPass /a/ balancer://b/ ¦ GET http://h:8080/a§- decision: forward
            ProxyPass / balancer://b/ ¦ ProxyPass /x ! ; ProxyPass / balancer://b/ ¦ GET http://h:8080/x/x§- decision: forward§+ decision: decline 404
            ProxyPass / balancer://b/ ¦ ProxyPass / balancer://b/ ; <Location /l> ; Require ip 10.1 ; </Location> ¦ GET http://h:8080/l/x§- decision: forward§+ decision: respond 403
            ProxyPass / balancer://b/ ; <Location /> ; Require ip 10 ; </Location> ¦ ProxyPass / balancer://b/ ; <Location /> ; Require ip 10.2 ; </Location> ¦ GET http://h:8080/  from 10.0.0.0§- decision: forward§+ decision: respond 403
            ProxyPass / balancer://b/ ¦ ProxyPass / balancer://b/ ; RequestHeader set X y ¦ + sends field X: y
            ProxyPass / balancer://b/ ¦ ProxyPass / http://other/ ¦ - balancer: b§+ balancer: http://other
            ProxyPass / balancer://b/ ¦ ProxyPass / balancer://b/app/ ¦ + sends: GET http://a:8000/app/
            ProxyPass /p balancer://b ; Redirect /o http://x/ ¦ ProxyPass /p balancer://b ; Redirect permanent /o http://x/ ¦ - decision: respond 302§+ decision: respond 301
            ProxyPassMatch ^/(old|new)/.*\\.jsp$ balancer://b ¦ ProxyPass /none balancer://b ¦ GET http://h:8080/old/x.jsp§- decision: forward§+ decision: decline 404
            ProxyPass / balancer://b/ ; RewriteEngine On ; RewriteRule ^/go/(\\d+)$ /x/$1 [PT] ¦ ProxyPass / balancer://b/ ; RewriteEngine On ; RewriteRule ^/go/(\\d+)$ /y/$1 [PT] ¦ GET http://h:8080/go/1§- sends: GET http://a:8000/x/1
            ProxyPass /p balancer://b ¦ ProxyPass /p balancer://b ; <VirtualHost *:8080> ; ServerName h ; </VirtualHost> ; <VirtualHost *:8080> ; ServerName v ; ProxyPass / http://other/ ; </VirtualHost> ¦ GET http://v:8080/§- decision: decline 404§+ balancer: http://other
            ProxyPass / balancer://b/ ; <Location /p> ; <Limit POST> ; Require all denied ; </Limit> ; </Location> ¦ ProxyPass / balancer://b/ ¦ POST http://h:8080/p§- decision: respond 403§+ decision: forward
            """)
    void aChangeIsFoundAtItsBoundary(String old, String next, String expected) throws Exception {
        String printed = diff(BASE + old, BASE + next);

        for (String part : expected.split("§")) {
            assertThat(printed).contains(part.strip());
        }
        assertThat(code).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            route=c                       | route=c loadfactor=3       | + member http://c:8000: enabled, 75 %
            route=c                       | route=c status=+N          | + member http://c:8000: draining
            route=c                       | route=other                | Cookie: S=x.c
            ProxySet stickysession=S      | ProxySet stickysession=T   | Cookie: S=x.a
            http://c:8000                 | http://c:8001              | - member http://c:8000
            """)
    void aChangeOfAMemberIsFound(String was, String becomes, String expected) throws Exception {
        String old = BASE + "ProxyPass / balancer://b/";

        assertThat(diff(old, old.replace(was, becomes))).contains(expected);
        assertThat(code).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ProxyPass / balancer://b/                              | # moved ; ProxyPass / balancer://b/
            ProxyPass /a balancer://b ; ProxyPass /c balancer://b  | ProxyPass /c balancer://b ; ProxyPass /a balancer://b
            ProxyPass / balancer://b/ ; RequestHeader set T %t     | # moved ; ProxyPass / balancer://b/ ; RequestHeader set T %t
            ProxyPass / balancer://b/ ; ProxyTimeout 5             | ProxyPass / balancer://b/ ; ProxyTimeout 6
            """)
    void whatStaysTheSameIsNotPrinted(String old, String next) throws Exception {
        assertThat(diff(BASE + old, BASE + next)).isEmpty();
        assertThat(code).isZero();
    }

    @Test
    void turnsOfMembersAreNoDifference() throws Exception {
        String random = BASE.replace("ProxySet", "ProxySet lbmethod=p2c") + "ProxyPass / balancer://b/";

        assertThat(diff(random, "# moved\n" + random)).isEmpty();
    }

    @Test
    void oneRequestIsComparedWithItsFieldsAndItsClient() throws Exception {
        String old = BASE + "ProxyPass / balancer://b/";
        String next =
                old + "\n<Location /in>\nRequire ip 10\n</Location>\nSetEnvIf Q (.*) q=$1\nRequestHeader set X %{q}e";

        String inside = diff(old, next, "GET http://h/in", "-H", "Q: v", "--client", "10.1.1.1");
        assertThat(inside).contains("+ sends field X: v").doesNotContain("decision");
        assertThat(diff(old, next, "GET http://h/in"))
                .contains("- decision: forward", "+ decision: respond 403", "  > new.conf:9 ");
    }

    @Test
    void aRefusedFileAndABadRequestAreTrouble() throws Exception {
        assertThat(diff("ProxyPas / http://a/", "ProxyPass / http://a/")).contains("old.conf:1");
        assertThat(code).isEqualTo(2);
        assertThat(diff("ProxyPass / http://a/", "ProxyPass / http://a/", "ftp://x"))
                .contains("request 'ftp://x'");
        assertThat(code).isEqualTo(2);
    }
}
