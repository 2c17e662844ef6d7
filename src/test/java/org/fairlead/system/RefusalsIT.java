package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the connector refuses by itself looks as the configuration says, and not like Tomcat. */
class RefusalsIT {
    private static FairleadJar jar;

    @BeforeAll
    static void start() {
        jar = FairleadJar.configured("""
                Listen 127.0.0.1:0
                RequestReadTimeout header=1
                Header always set X-Always "of every response"
                Header set X-Found "of successes"
                ErrorDocument 400 "our own words"
                ProxyPass / http://127.0.0.1:9/
                """);
    }

    @AfterAll
    static void stop() {
        jar.close();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '>',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "'GET / HTTP/1.1|Host: a|Host: b||' > 400 Bad Request > our own words",
                "'GET / HTTP/1.1||' > 400 Bad Request > our own words",
                "'GET /%00 HTTP/1.1|Host: a||' > 400 Bad Request > our own words",
                "'GET /x\\y HTTP/1.1|Host: a||' > 400 Bad Request > our own words",
                "'GET /.. HTTP/1.1|Host: a||' > 400 Bad Request > our own words",
                "'GET / HTTP/1.1|Host: a|Content-Length: x||' > 400 Bad Request > our own words",
                "'GET / HTTP/9.9|Host: a||' > 505 HTTP Version Not Supported > 505 HTTP Version Not Supported",
                "'POST / HTTP/1.1|Host: a|Transfer-Encoding: foo||' > 501 Not Implemented > 501 Not Implemented",
                "'GET / HTTP/1.1|Host: a|Expect: foo||' > 417 Expectation Failed > 417 Expectation Failed",
                "'GET / HTTP/1.1|Ho' > 408 Request Timeout > 408 Request Timeout"
            })
    void looksAsConfigured(String request, String status, String text) throws Exception {
        WireMessage refusal = RawClient.exchange(jar.port(), request.replace("|", "\r\n"));

        assertThat(refusal.startLine()).isEqualTo("HTTP/1.1 " + status);
        assertThat(refusal.header("X-Always")).contains("of every response");
        assertThat(refusal.header("X-Found")).isEmpty();
        assertThat(refusal.bodyText())
                .contains(text)
                .doesNotContain("HTTP Status")
                .doesNotContain("525D76");
    }
}
