package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fairlead.model.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberUrlTest {
    @ParameterizedTest(name = "{0}: {1}, port {2}, path {3}")
    @CsvSource(textBlock = """
                    http://a,                     http://a,                  80,   ''
                    http://a/,                    http://a/,                 80,   /
                    HTTP://A.Example:80/App,      http://a.example/App,      80,   /App
                    http://a:8000/app/,           http://a:8000/app/,        8000, /app/
                    https://a,                    https://a,                 443,  ''
                    https://a:443,                https://a,                 443,  ''
                    https://a:80,                 https://a:80,              80,   ''
                    ajp://A:8009/x,               ajp://a/x,                 8009, /x
                    ajp://a,                      ajp://a,                   8009, ''
                    ajp://[::1]:8010/,            ajp://[::1]:8010/,         8010, /
                    unix:/run/a.sock|ajp://h/,    unix:/run/a.sock|ajp://h/, 8009, /
                    ws://a:8000,                  ws://a:8000,               8000, ''
                    wss://a,                      wss://a,                   443,  ''
                    http://[2001:DB8::1]:8000,    http://[2001:db8::1]:8000, 8000, ''
                    http://a_b-c.d,               http://a_b-c.d,            80,   ''
                    http://-a..b~c:81/,           http://-a..b~c:81/,        81,   /
                    http://A%41!&()*+;=b,          http://a%41!&()*+;=b,     80,   ''
                    unix:/run/a.sock|http://h/x,  unix:/run/a.sock|http://h/x, 80, /x
                    unix:/run/a.sock|http:,       unix:/run/a.sock|http://localhost, 80, ''
                    """)
    void isBroughtIntoCanonicalForm(String text, String canonical, int port, String path) {
        MemberUrl url = MemberUrl.parse(text, false);
        assertThat(url).hasToString(canonical);
        assertThat(url.address().port()).isEqualTo(port);
        assertThat(url.path()).isEqualTo(path);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "a",
                "a:80",
                "http:",
                "http:a",
                "http:///x",
                "http://",
                "http://a:0",
                "http://a:65536",
                "http://a:x",
                "http://a b",
                "http://a/b c",
                "http://a\r\nb",
                "http://a/\u0000",
                "http://u@a",
                "http://a?x",
                "http://a/#x",
                "http://[::1",
                "http://a$1/",
                "file:///etc/passwd",
                "unix:relative|http://a/",
                "unix:/run/a.sock",
                "balancer://x",
                "ajp:a",
                "ajp://a:0",
                "fcgi://a",
                "//a/"
            })
    void whatCannotBeConnectedToIsRefused(String text) {
        assertThatThrownBy(() -> MemberUrl.parse(text, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0}: path {1}")
    @CsvSource({"http://a:8000/$1, /$1", "http://a:8000$1, $1", "http://a/x/$1/$2, /x/$1/$2", "http://a/, /"})
    void aReferenceMayStandInThePathAlone(String text, String path) {
        MemberUrl url = MemberUrl.parse(text, true);
        assertThat(url.address().host()).isEqualTo("a");
        assertThat(url.path()).isEqualTo(path);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"http://$1", "http://a$1/", "http://a.$1/x", "http://a:$1/", "http://$1:80/", "$1://a/"})
    void aRequestCannotChooseWhereWeConnect(String text) {
        assertThatThrownBy(() -> MemberUrl.parse(text, true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMemberIsSharedByUrlsThatStartLikeItsOwn() {
        MemberDraft member = new MemberDraft(MemberUrl.parse("http://a:80/app", false), Source.NONE);
        assertThat(member.shares(MemberUrl.parse("http://A/app/x", false))).isTrue();
        assertThat(member.shares(MemberUrl.parse("http://a/other", false))).isFalse();
        assertThat(member.shares(MemberUrl.parse("http://a:8000/app", false))).isFalse();
    }
}
