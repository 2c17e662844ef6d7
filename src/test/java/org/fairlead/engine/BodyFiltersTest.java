package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
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

/** Body filters of responses, through the engine; where no row says otherwise, as httpd 2.4 did. */
class BodyFiltersTest {
    private static final String PAGE = "Hello, wide world. ".repeat(20);

    private final FakeUpstream upstream = new FakeUpstream();

    private FakeExchange ask(String configuration, String method, String path, String... fields) throws Exception {
        String text = "ProxyPass / http://a:8000/\n" + configuration.replace("; ", "\n");
        ProxyConfig config = new ConfigLoader().load(text, "conf", "test.conf").config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        FakeExchange client = FakeExchange.of(method, path, Headers.of(fields), RequestBody.NONE);
        new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, NoLogin.ACCESS).handle(client);
        return client;
    }

    private FakeExchange get(String configuration) throws Exception {
        return ask(configuration, "GET", "/x", "Accept-Encoding", "gzip");
    }

    private static Optional<String> field(FakeExchange client, String name) {
        return client.answered().first(name);
    }

    private static boolean isZipped(FakeExchange client) {
        return field(client, "Content-Encoding").filter("gzip"::equals).isPresent();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String unzipped(String body) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(body)))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String zipped(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes(text));
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @AfterEach
    void noResponseIsHeldAfterwards() {
        assertThat(upstream.open()).isZero();
    }

    @Test
    void aCompressedBodyInflatesToTheMembersBytesAndItsFieldsSaySo() throws Exception {
        upstream.answers(200, PAGE, "Content-Type", "text/html", "ETag", "\"a\"", "Content-MD5", "x", "Vary", "Cookie");

        FakeExchange client = get("SetOutputFilter DEFLATE");

        assertThat(unzipped(client.text())).isEqualTo(PAGE);
        assertThat(client.length()).isEqualTo(-1);
        assertThat(isZipped(client)).isTrue();
        assertThat(field(client, "Vary")).contains("Cookie, Accept-Encoding");
        assertThat(field(client, "ETag")).contains("\"a-gzip\"");
        assertThat(field(client, "Content-MD5")).isEmpty();
    }

    @ParameterizedTest(name = "{0} answered {1} with {2}: compressed {3}")
    @CsvSource(delimiter = '|', textBlock = """
            GET  | 200 | Content-Type: text/html             | true
            POST | 201 | A: b                                | true
            GET  | 404 | A: b                                | true
            GET  | 500 | A: b                                | true
            GET  | 200 | Content-Encoding: identity          | true
            GET  | 200 | Content-Encoding: 8bit, binary      | true
            GET  | 200 | Content-Type: text/event-stream     | true
            HEAD | 200 | A: b                                | false
            GET  | 204 | A: b                                | false
            GET  | 304 | ETag: "a"                           | false
            GET  | 206 | Content-Range: bytes 0-379/999      | false
            GET  | 200 | Content-Encoding: br                | false
            GET  | 200 | Content-Encoding: identity, deflate | false
            GET  | 200 | Cache-Control: public, No-Transform | false
            """)
    void onlyAWholeUncodedBodyIsCompressed(String method, int status, String line, boolean compressed)
            throws Exception {
        String[] field = line.split(": ", 2);
        upstream.answers(status, PAGE, field);

        FakeExchange client = ask("SetOutputFilter DEFLATE", method, "/x", "Accept-Encoding", "gzip");

        assertThat(isZipped(client)).isEqualTo(compressed);
        assertThat(field(client, "Vary").isPresent()).isEqualTo(compressed);
        if (!compressed) {
            assertThat(field(client, field[0])).contains(field[1]);
            assertThat(client.text()).isEqualTo(method.equals("HEAD") || status == 204 || status == 304 ? "" : PAGE);
        }
    }

    @ParameterizedTest(name = "{0} bytes: compressed {1}")
    @CsvSource({"0, false", "1, false", "68, false", "69, true"})
    void aBodyThatIsSmallerThanTheFieldsAboutItStaysAsItIs(int length, boolean compressed) throws Exception {
        upstream.answers(200, PAGE.substring(0, length));

        FakeExchange client = get("SetOutputFilter DEFLATE");

        assertThat(isZipped(client)).isEqualTo(compressed);
        assertThat(field(client, "Vary").isPresent()).isEqualTo(compressed);
    }

    @ParameterizedTest(name = "Accept-Encoding: {0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            gzip                     | true
            GZIP                     | true
            gzip;q=0.5               | true
            gzip;q=0.001             | true
            br;q=1.0, gzip;q=0.8     | true
            identity;q=1, gzip       | true
            gzip;q=0                 | false
            gzip ; q=0.00            | false
            deflate, gzip; Q=0 , br  | false
            *                        | false
            x-gzip                   | false
            deflate                  | false
            ''                       | false
            """)
    void theClientMustNameGzip(String accepts, boolean compressed) throws Exception {
        upstream.answers(200, PAGE);

        FakeExchange client = ask("SetOutputFilter DEFLATE", "GET", "/x", "Accept-Encoding", accepts);

        assertThat(isZipped(client)).isEqualTo(compressed);
        assertThat(field(client, "Vary")).as("caches must know that it matters").contains("Accept-Encoding");
    }

    @ParameterizedTest(name = "{0} with {1} at {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            AddOutputFilterByType DEFLATE text/html text/css                                                      | text/html; charset=utf-8 | /x        | true
            AddOutputFilterByType DEFLATE text/html                                                               | Text/HTML                | /x        | true
            AddOutputFilterByType DEFLATE text/html                                                               | text/htmlx               | /x        | false
            AddOutputFilterByType DEFLATE text/html; AddOutputFilterByType DEFLATE text/css                       | text/html                | /x        | true
            AddOutputFilterByType DEFLATE text/html; <Location /x>; AddOutputFilterByType DEFLATE text/css; </Location>   | text/html        | /x        | false
            AddOutputFilterByType DEFLATE text/html; <Location /x>; AddOutputFilterByType DEFLATE text/css; </Location>   | text/css         | /x        | true
            AddOutputFilterByType DEFLATE text/html; <Location /x>; SetOutputFilter NONE; </Location>             | text/html                | /x        | true
            SetOutputFilter DEFLATE; <Location /x>; SetOutputFilter NONE; </Location>                             | text/html                | /x        | false
            SetOutputFilter DEFLATE; <Location /x>; SetOutputFilter INFLATE; </Location>                          | text/html                | /x        | false
            AddOutputFilterByType INFLATE;DEFLATE text/html                                                       | text/html                | /x        | true
            AddOutputFilter DEFLATE html css                                                                      | a/b                      | /x.css    | true
            AddOutputFilter DEFLATE .html                                                                         | a/b                      | /d.html/x | false
            AddOutputFilter DEFLATE html                                                                          | a/b                      | /d/x.en.HTML?a.css | true
            AddOutputFilter DEFLATE html; <Location /d>; RemoveOutputFilter html; </Location>                     | a/b                      | /d/x.html | false
            AddOutputFilter DEFLATE html; RemoveOutputFilter html                                                 | a/b                      | /x.html   | false
            BROTLI                                                                                                | a/b                      | /x        | true
            SetEnv no-gzip 1; SetOutputFilter DEFLATE                                                             | text/html                | /x        | false
            SetEnvIf Request_URI [.]png$ no-gzip; SetOutputFilter DEFLATE                                         | image/png                | /x.png    | false
            SetEnv gzip-only-text/html 1; SetOutputFilter DEFLATE                                                 | text/css                 | /x        | false
            SetEnv gzip-only-text/html 1; SetOutputFilter DEFLATE                                                 | text/html;x=y            | /x        | true
            SetEnv gzip-only-text/html yes; SetOutputFilter DEFLATE                                               | text/css                 | /x        | true
            RequestHeader unset Accept-Encoding; SetOutputFilter DEFLATE                                          | text/css                 | /x        | false
            RequestHeader unset Accept-Encoding; SetEnv force-gzip 1; SetOutputFilter DEFLATE                     | text/css                 | /x        | true
            <If "%{QUERY_STRING} == 'z'">; SetOutputFilter DEFLATE; </If>                                         | text/css                 | /x?z      | true
            <If "%{QUERY_STRING} == 'z'">; SetOutputFilter DEFLATE; </If>                                         | text/css                 | /x        | false
            """)
    void directivesChooseTheFiltersOfAPath(String lines, String type, String path, boolean compressed)
            throws Exception {
        upstream.answers(200, PAGE, "Content-Type", type);

        FakeExchange client =
                ask(lines.replace("BROTLI", "SetOutputFilter BROTLI_COMPRESS"), "GET", path, "Accept-Encoding", "gzip");

        assertThat(isZipped(client)).isEqualTo(compressed);
        assertThat(compressed ? unzipped(client.text()) : client.text()).isEqualTo(PAGE);
    }

    @ParameterizedTest(name = "DeflateAlterETag {0}: {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            AddSuffix | "a"   | "a-gzip"
            AddSuffix | W/"a" | W/"a-gzip"
            addsuffix | ""    | ""
            NoChange  | "a"   | "a"
            Remove    | "a"   |
            """)
    void anETagSaysWhichBytesItIsOf(String rule, String before, String after) throws Exception {
        upstream.answers(200, PAGE, "ETag", before);

        assertThat(field(get("SetOutputFilter DEFLATE; DeflateAlterETag " + rule), "ETag"))
                .isEqualTo(Optional.ofNullable(after));
    }

    @Test
    void headerRulesSeeTheFieldsOfTheCompressedBody() throws Exception {
        upstream.answers(200, PAGE, "ETag", "\"a\"");

        FakeExchange client = get(
                "SetOutputFilter DEFLATE; Header append Vary User-Agent; Header edit ETag -gzip -zip; Header set X-Is expr=%{resp:Content-Encoding}");

        assertThat(field(client, "Vary")).contains("Accept-Encoding, User-Agent");
        assertThat(field(client, "ETag")).contains("\"a-zip\"");
        assertThat(field(client, "X-Is")).contains("gzip");
    }

    @Test
    void sizesAreNotedForTheLog() throws Exception {
        upstream.answers(200, PAGE);

        FakeExchange client = get(
                "SetOutputFilter DEFLATE; DeflateFilterNote Input in; DeflateFilterNote output out; DeflateFilterNote ratio");

        Map<String, String> notes = client.environment().all();
        long out = client.text().length() - 18;
        assertThat(notes).containsEntry("in", "380").containsEntry("out", Long.toString(out));
        assertThat(notes).containsEntry("ratio", Long.toString(out * 100 / 380));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}, {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            INFLATE         | gzip           | ~~   | "a-gunzip"
            INFLATE         | x-gzip         | ~~   | "a-gunzip"
            INFLATE         | br, gzip       | br   | "a-gunzip"
            INFLATE         | br             | br   | "a"
            INFLATE;DEFLATE | gzip           | gzip | "a-gunzip-gzip"
            DEFLATE;INFLATE | gzip           | gzip | "a-gunzip-gzip"
            """)
    void aCodingIsUndone(String filters, String before, String after, String tag) throws Exception {
        upstream.answers(200, zipped(PAGE), "Content-Encoding", before, "ETag", "\"a\"");

        FakeExchange client = get("SetOutputFilter " + filters);

        assertThat(field(client, "Content-Encoding").orElse("")).isEqualTo(after);
        assertThat(field(client, "ETag")).contains(tag);
        boolean zipped = after.equals("gzip") || before.equals("br");
        assertThat(zipped ? unzipped(client.text()) : client.text()).isEqualTo(PAGE);
    }

    @Test
    void aBodyThatIsNotWhatItsFieldsSayIsSeenAsCut() throws Exception {
        for (String body :
                List.of(PAGE, zipped(PAGE).substring(0, 40), zipped(PAGE).substring(0, 3))) {
            upstream.answers(200, body, "Content-Encoding", "gzip");

            assertThat(get("SetOutputFilter INFLATE").isAborted()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            SUBSTITUTE         | gzip | Hello, narrow world.
            DEFLATE;SUBSTITUTE | gzip | zipped
            INFLATE;SUBSTITUTE | gzip | Hello, narrow world.
            SUBSTITUTE         | br   | as it is
            """)
    void textsAreReplacedInWhatAMemberHasCompressed(String filters, String coding, String expected) throws Exception {
        String body = zipped("Hello, wide world.");
        upstream.answers(200, body, "Content-Encoding", coding);

        FakeExchange client = get("SetOutputFilter " + filters + "; Substitute s/wide/narrow/");

        switch (expected) {
            case "zipped" -> {
                assertThat(field(client, "Content-Encoding")).contains("gzip");
                assertThat(unzipped(client.text())).isEqualTo("Hello, narrow world.");
            }
            case "as it is" -> {
                assertThat(field(client, "Content-Encoding")).contains(coding);
                assertThat(client.text()).isEqualTo(body);
            }
            default -> {
                assertThat(field(client, "Content-Encoding")).isEmpty();
                assertThat(client.text()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aMemberThatBreaksOffLeavesTheCompressedBodyOpen() throws Exception {
        upstream.answersCut(PAGE);

        FakeExchange client = get("SetOutputFilter DEFLATE");

        assertThat(client.isAborted()).isTrue();
    }

    @Test
    void rangesAreCutBehindTheOtherFilters() throws Exception {
        upstream.answers(200, PAGE);
        FakeExchange whole =
                ask("SetOutputFilter DEFLATE", "GET", "/x", "Accept-Encoding", "gzip", "Range", "bytes=0-9");
        upstream.answers(200, PAGE);
        FakeExchange cut = ask("SetOutputFilter DEFLATE", "GET", "/x", "Range", "bytes=0-9");

        assertThat(whole.status()).as("its length is not known").isEqualTo(200);
        assertThat(unzipped(whole.text())).isEqualTo(PAGE);
        assertThat(cut.status()).isEqualTo(206);
        assertThat(cut.text()).isEqualTo(PAGE.substring(0, 10));
    }

    @Test
    void aResponseOfOurOwnIsNotCompressed() throws Exception {
        FakeExchange client = get("<Location /x>; Require all denied; </Location>; ErrorDocument 403 \"" + PAGE
                + "\"; SetOutputFilter DEFLATE");

        assertThat(client.text()).isEqualTo(PAGE);
        assertThat(Arrays.asList(field(client, "Vary"), field(client, "Content-Encoding")))
                .containsOnly(Optional.empty());
    }
}
