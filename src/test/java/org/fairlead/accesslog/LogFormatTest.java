package org.fairlead.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {
    private final FakeServed served = new FakeServed();

    private String line(String format, int status) {
        LogLine line = new LogLine();
        LogFormat.compile(format).write(served, FakeServed.ending(status), line);
        return line.toString();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            %h              | 192.0.2.7
            %a              | 192.0.2.7
            %{c}a           | 192.0.2.8
            %{c}h           | 192.0.2.8
            %A              | 192.0.2.1
            %l              | -
            %u              | -
            %r              | GET /a%20b?q=1 HTTP/1.1
            %m %U%q %H      | GET /a b?q=1 HTTP/1.1
            %s %>s %<s      | 404 404 404
            %b %B           | 12 12
            %I %O %S        | 100 200 300
            %X %k           | + 3
            %L %{c}L        | x1 c9
            %v %V           | www.example.com alias.example.com
            %p %{canonical}p %{local}p %{remote}p %{Local}p | 80 80 8080 4711 8080
            %{none}p        | none
            %D %T %{s}T %{ms}T %{us}T %{ns}T | 1234567 1 1 1234 1234567 ns
            %{sec}t %{msec}t %{usec}t | 1772355907 1772355907004 1772355907004005
            %{msec_frac}t %{usec_frac}t | 004 004005
            %{end:sec}t %{end:msec}t %{begin:sec}t | 1772355908 1772355908238 1772355907
            %{User-Agent}i  | -
            %{Content-Type}o | text/html
            %{checksum}^ti %{CHECKSUM}^to | def abc
            %{SSL_PROTOCOL}x %{SSL_CIPHER}x %{version}c | TLSv1.3 - TLSv1.3
            %f %R           | proxy:http://member/a proxy-server
            %^FB            | -
            100%%           | 100%
            %400,404{X}i %404m %!404m %!200,304m | - GET - GET
            %{a}}i%%        | -%
            """)
    void writesWhatHttpdWrites(String format, String expected) {
        assertThat(line(format, 404)).isEqualTo(expected + "\n");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(quoteCharacter = '~', textBlock = """
            plain text,            plain text
            a"b\\c,                a\\"b\\\\c
            ü€,                    \\xfc\\xe2\\x82\\xac
            """)
    void escapesWhatAClientHasSent(String sent, String expected) {
        served.fields.put("X", sent);

        assertThat(line("%{X}i", 200)).isEqualTo(expected + "\n");
    }

    @Test
    void controlCharactersAreSpeltOutSoThatNobodyForgesALine() {
        served.fields.put("X", "\r\n\t\b\u000b\u001b[31m\u0000\u007f\u0085");

        assertThat(line("%{X}i", 200)).isEqualTo("\\r\\n\\t\\b\\v\\x1b[31m\\x00\\x7f\\x85\n");
    }

    @Property(tries = 500)
    void whateverAClientSendsALineStaysALineOfPrintableAscii(@ForAll String sent) {
        served.fields.put("X", sent);
        served.fields.put("Cookie", "a=" + sent);
        served.environment.put("e", sent);
        served.user = Optional.of(sent);
        served.method = sent;

        String line = line("%r %m %u %{X}i %{a}C %{e}e %{e}n", 200);

        assertThat(line).endsWith("\n").doesNotContainPattern("[^ -~].");
    }

    @Property(tries = 500)
    void everyTextIsAFormatOrToldToBeNone(@ForAll String format) {
        try {
            assertThat(line(format, 200)).endsWith("\n");
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("(expected: %A ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%y", "%", "%{a}", "%200", "%^xx", "%{a", "%>"})
    void refusesWhatHttpdRefuses(String format) {
        assertThatThrownBy(() -> LogFormat.compile(format))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void backslashesInAFormatMeanTabsAndEndsOfLines() {
        assertThat(line("a\\tb\\\\c\\nd\\qe\\", 200)).isEqualTo("a\tb\\c\nd\\qe\\\n");
    }

    @Test
    void anEmptyUserIsQuoted() {
        served.user = Optional.of("");

        assertThat(line("%u", 200)).isEqualTo("\"\"\n");
    }

    @Test
    void aRequestThatNeverWasHasDashes() {
        served.method = "";

        assertThat(line("\"%r\" %m %U %H", 400)).isEqualTo("\"-\" - - -\n");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            a=1; b=2                | 1
            b=2;A =1                | 1
            a= q w ; a=2            | q w
            ab=2                    | -
            a=                      | -
            a=x=y                   | x=y
            """)
    void findsACookieAsHttpdDoes(String cookies, String expected) {
        served.fields.put("Cookie", cookies);

        assertThat(line("%{a}C", 200)).isEqualTo(expected + "\n");
    }

    @Test
    void tellsOfAttemptsWhatHttpdDoesNotKnow() {
        String format = "%{FAIRLEAD_ATTEMPTS}e %{FAIRLEAD_MEMBERS}e %{FAIRLEAD_MEMBER_STATUS}e %{FAIRLEAD_QUEUE_US}e"
                + " %{FAIRLEAD_CONNECT_US}e %{FAIRLEAD_FIRST_BYTE_US}e";

        assertThat(line(format, 200)).isEqualTo("- - - - - -\n");

        served.attempts = new Attempts(2, "http://a, http://b", 503, 7_000, 2_000_000, 5_000_000);
        assertThat(line(format, 502)).isEqualTo("2 http://a, http://b 503 7 2000 5000\n");

        served.attempts = new Attempts(1, "http://a", 0, 0, -1, -1);
        assertThat(line(format, 503)).isEqualTo("1 http://a - 0 - -\n");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            %a %A %b %B %h      | Sun Sunday Mar March Mar
            %c                  | Sun Mar  1 09:05:07 2026
            %C %d %e %D %x      | 20 01  1 03/01/26 03/01/26
            %F %g %G            | 2026-03-01 26 2026
            %H %I %k %l         | 09 09  9  9
            %j %m %M            | 060 03 05
            %p %P %r %R         | AM am 09:05:07 AM 09:05
            %s %S %T %X         | 1772355907 07 09:05:07 09:05:07
            %u %U %V %w %W      | 7 09 09 0 08
            %y %Y %z %Z %% %Ey %Od | 26 2026 +0000 Z % 26 01
            %Q a                | %Q a
            """)
    void timesAreStrftimes(String format, String expected) {
        ZonedDateTime moment = ZonedDateTime.of(2026, 3, 1, 9, 5, 7, 0, ZoneOffset.UTC);

        assertThat(Strftime.compile(format).write(moment)).isEqualTo(expected);
    }

    @Test
    void theManualNamesEveryLetterAndNoOther() throws Exception {
        Set<String> inManual = new TreeSet<>();
        String page = Files.readString(Path.of("src/site/markdown/log.md"));
        String table = page.substring(page.indexOf("| letter |"), page.indexOf("\n\n", page.indexOf("| letter |")));
        Pattern letter = Pattern.compile("`%(?:\\{[^}]*})?(\\^?[A-Za-z]+)`");
        for (String row : table.split("\n")) {
            Matcher m = letter.matcher(row.split("\\|")[1]);
            while (m.find()) {
                inManual.add(m.group(1));
            }
        }

        assertThat(inManual)
                .isEqualTo(Arrays.stream(LogDirectives.all().split(" "))
                        .map(name -> name.substring(1))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
