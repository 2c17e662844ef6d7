package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.balancer.Balancer;
import org.fairlead.config.ConfigLoader;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.route.HostTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges of responses whose member knows none, through the engine; the rows are what httpd 2.4 did. */
class RangeFilterTest {
    private static final String BODY = "0123456789".repeat(10);
    private static final String DAY = "Sun, 06 Nov 1994 08:49:37 GMT";

    private final FakeUpstream upstream = new FakeUpstream();

    private FakeExchange ask(String configuration, String method, String... fields) throws Exception {
        String text = "ProxyPass / http://a:8000/\n" + configuration;
        ProxyConfig config = new ConfigLoader().load(text, "conf", "test.conf").config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        FakeExchange client = FakeExchange.of(method, "/x", Headers.of(fields), RequestBody.NONE);
        new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, NoLogin.ACCESS).handle(client);
        return client;
    }

    private static Optional<String> field(FakeExchange client, String name) {
        return client.answered().first(name);
    }

    @AfterEach
    void noResponseIsHeldAfterwards() {
        assertThat(upstream.open()).isZero();
    }

    @Test
    void oneRangeIsCutOutOfAWholeBody() throws Exception {
        upstream.answers(200, BODY, "Content-Type", "text/plain", "ETag", "\"a\"");

        FakeExchange client = ask("", "GET", "Range", "bytes=15-24");

        assertThat(client.status()).isEqualTo(206);
        assertThat(client.text()).isEqualTo("5678901234");
        assertThat(client.length()).isEqualTo(10);
        assertThat(field(client, "Content-Range")).contains("bytes 15-24/100");
        assertThat(field(client, "Content-Type")).contains("text/plain");
        assertThat(field(client, "ETag")).contains("\"a\"");
    }

    @Test
    void severalRangesAreAMultipartBodyWhoseLengthIsKnown() throws Exception {
        upstream.answers(200, BODY, "Content-Type", "text/plain; charset=utf-8");

        FakeExchange client = ask("", "GET", "Range", "bytes=0-1,5-6,-3");

        String type = field(client, "Content-Type").orElseThrow();
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        String open = "\r\n--" + type.substring(type.indexOf('=') + 1);
        String head = open + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes ";
        assertThat(client.text())
                .isEqualTo(head + "0-1/100\r\n\r\n01" + head + "5-6/100\r\n\r\n56" + head + "97-99/100\r\n\r\n789"
                        + open + "--\r\n");
        assertThat(client.length()).isEqualTo(client.text().length());
        assertThat(field(client, "Content-Range")).isEmpty();
    }

    @Test
    void noRangeWithinTheBodyIs416WithItsLength() throws Exception {
        upstream.answers(200, BODY, "ETag", "\"a\"", "Set-Cookie", "a=b");

        FakeExchange client = ask("ErrorDocument 416 \"out of reach\"", "GET", "Range", "bytes=200-");

        assertThat(client.status()).isEqualTo(416);
        assertThat(client.text()).isEqualTo("out of reach");
        assertThat(field(client, "Content-Range")).contains("bytes */100");
        assertThat(field(client, "Set-Cookie")).isEmpty();
    }

    @ParameterizedTest(name = "{0} answered {1} with {2}: {3} -> {4}")
    @CsvSource(delimiter = '|', textBlock = """
            GET  | 206 | Content-Range: bytes 0-99/200           | bytes=0-9 | 206
            GET  | 200 | Content-Range: bytes 0-99/200           | bytes=0-9 | 200
            GET  | 200 | Content-Type: Multipart/Byteranges; b=x | bytes=0-9 | 200
            GET  | 404 | A: b                                    | bytes=0-9 | 404
            GET  | 203 | A: b                                    | bytes=0-9 | 203
            GET  | 416 | Content-Range: bytes */7                | bytes=9-9 | 416
            HEAD | 200 | A: b                                    | bytes=0-9 | 200
            POST | 200 | A: b                                    | bytes=0-9 | 200
            GET  | 200 | Accept-Ranges: none                     | bytes=0-9 | cut
            GET  | 200 | Content-Encoding: gzip                  | bytes=0-9 | cut
            """)
    void onlyAWhole200OfAGetIsCut(String method, int status, String line, String range, String expected)
            throws Exception {
        String[] field = line.split(": ", 2);
        upstream.answers(status, BODY, field);

        FakeExchange client = ask("", method, "Range", range);

        boolean cut = expected.equals("cut");
        assertThat(client.status()).isEqualTo(cut ? 206 : status);
        assertThat(client.text()).isEqualTo(method.equals("HEAD") ? "" : cut ? "0123456789" : BODY);
        assertThat(field(client, field[0])).contains(field[1]);
    }

    @Test
    void anEmptyBodyIsNotCut() throws Exception {
        upstream.answers(200, "");

        assertThat(ask("", "GET", "Range", "bytes=0-9").status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "If-Range: {0}, {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            "a"                           | ETag: "a"                                    | 206
            "a"                           | ETag: "b"                                    | 200
            "a"                           | A: b                                         | 200
            W/"a"                         | ETag: W/"a"                                  | 200
            Sun, 06 Nov 1994 08:49:37 GMT | Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT | 206
            Sun, 06 Nov 1994 08:49:38 GMT | Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT | 200
            Sun, 06 Nov 1994 08:49:37 GMT | A: b                                         | 200
            yesterday                     | Last-Modified: yesterday                     | 200
            """)
    void theBodyMustBeTheOneThatTheClientKnows(String condition, String line, int expected) throws Exception {
        upstream.answers(200, BODY, line.split(": ", 2));

        assertThat(ask("", "GET", "Range", "bytes=0-9", "If-Range", condition).status())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "Date: {0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            Sun, 06 Nov 1994 08:50:36 GMT | 200
            Sun, 06 Nov 1994 08:50:37 GMT | 206
            """)
    void aDateIsAStrongValidatorAMinuteLater(String made, int expected) throws Exception {
        upstream.answers(200, BODY, "Last-Modified", DAY, "Date", made);

        assertThat(ask("", "GET", "Range", "bytes=0-9", "If-Range", DAY).status())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            RequestHeader unset Range                                     | 200
            RequestHeader unset Range early                               | 200
            RequestHeader set Range bytes=0-1                             | 206
            MaxRanges none                                                | 200
            MaxRanges 1                                                   | 206
            <Location /x>; MaxRanges none; </Location>                    | 200
            MaxRanges none; <Location /x>; MaxRanges default; </Location> | 206
            Header set ETag \\"b\\"                                       | 200
            Header set Content-Range x                                    | 200
            """)
    void rulesAndLimitsOfThePathDecide(String lines, int expected) throws Exception {
        upstream.answers(200, BODY, "ETag", "\"a\"");

        assertThat(ask(lines.replace("; ", "\n"), "GET", "Range", "bytes=0-9", "If-Range", "\"a\"")
                        .status())
                .isEqualTo(expected);
    }

    @Test
    void aRestOfALongBodyIsNotRead() throws Exception {
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        List<RangeOutput.Part> parts = List.of(new RangeOutput.Part("<", new ByteRange(8, 11)));
        RangeOutput ranges = new RangeOutput(client, parts, ">", 1_000_000);
        byte[] ten = "0123456789".getBytes(StandardCharsets.ISO_8859_1);

        ranges.write(ten);
        IOException end = catchThrowableOfType(RangeOutput.CompleteException.class, () -> ranges.write(ten));

        assertThat(end).isNotNull();
        assertThat(client.toString(StandardCharsets.ISO_8859_1)).isEqualTo("<8901>");
    }

    @Test
    void aBodyThatBreaksOffWithinARangeIsSeenAsCut() throws Exception {
        upstream.answersCut(BODY);

        FakeExchange client = ask("", "GET", "Range", "bytes=0-9");

        assertThat(client.isAborted()).isTrue();
    }
}
