package org.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostSyntaxTest {
    @ParameterizedTest(name = "{0}: port after {1}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            shop.example ¦ -1
            shop.example:8080 ¦ 12
            my_site.example ¦ -1
            _dmarc._tcp:1 ¦ 11
            a%41b ¦ -1
            %C3%A4:80 ¦ 6
            -a.example ¦ -1
            a-.example- ¦ -1
            a..b ¦ -1
            .a ¦ -1
            a. ¦ -1
            a!$&b ¦ -1
            a'()*+;=b:81 ¦ 9
            a~b ¦ -1
            1.2.3 ¦ -1
            999.1.1.1:80 ¦ 9
            a: ¦ 1
            a:0 ¦ 1
            a:65535 ¦ 1
            a:00000080 ¦ 1
            [::1] ¦ -1
            [::1]:443 ¦ 5
            [2001:db8::192.0.2.1] ¦ -1
            `` ¦ -1
            """)
    void namesAndAddressesOfRfc3986AreHosts(String value, int colon) {
        assertThat(HostSyntax.portColon(value)).isEqualTo(colon);
        assertThat(HostSyntax.isValid(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:65536",
                "a:99999",
                "a:4294967376",
                "[::1]:65536",
                "a:x",
                "a:-1",
                "a:+1",
                "a:b:1",
                "a:80:",
                ":80",
                ":",
                "a%4",
                "a%",
                "a%zz",
                "a b",
                " a",
                "a/b",
                "a\\b",
                "a@b",
                "a?b",
                "a#b",
                "a\"b",
                "a<b",
                "a>b",
                "a[b",
                "a]b",
                "a^b",
                "a`b",
                "a{b",
                "a|b",
                "a}b",
                "a\u00e4",
                "a\u0000",
                "a\u007f",
                "[::1",
                "[::g]",
                "[::1]x",
                "[]",
                "[1.2.3.4]",
                "[fe80::1%25eth0]",
                "[v1.x]",
                "::1",
                "a\tb",
                "a:8 0"
            })
    void nothingElseIs(String value) {
        assertThat(HostSyntax.isValid(value)).isFalse();
        assertThatThrownBy(() -> HostSyntax.portColon(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 255, 4000})
    void labelsAreAsLongAsTheyAre(int length) {
        assertThat(HostSyntax.portColon("x".repeat(length) + ":1")).isEqualTo(length);
    }
}
