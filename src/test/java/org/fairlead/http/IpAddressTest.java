package org.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0:0:1::1, 2001:0:0:1::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "0:0:0:1:0:0:0:0, 0:0:0:1::",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::ffff:c000:201, 192.0.2.1",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201"
    })
    void hasOneSpelling(String text, String canonical) {
        assertThat(IpAddress.parse(text)).map(IpAddress::toString).contains(canonical);
        assertThat(IpAddress.parse(canonical)).map(IpAddress::toString).contains(canonical);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                " ",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1.2.3.04",
                "01.2.3.4",
                "1.2.3.256",
                "1.2.3.-1",
                "1.2.3.4 ",
                "0x1.2.3.4",
                "1.2.3.\u0664",
                "3232235777",
                "localhost",
                "1.2.3.4:80",
                "[::1]",
                "::1%lo",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "::g",
                "::ffff:1.2.3",
                "::ffff:01.2.3.4",
                "\uff11::"
            })
    void whatOthersMightReadOtherwiseIsNone(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "0:0:0:0:0:0:0:1, ::1",
        "[0:0:0:0:0:0:0:1], ::1",
        "fe80:0:0:0:0:0:0:1%eth0, fe80::1",
        "[::1, [::1",
        "unix:x, unix:x",
        "'', ''"
    })
    void whatAContainerTellsIsSpelledAnew(String told, String canonical) {
        assertThat(IpAddress.canonical(told)).isEqualTo(canonical);
    }
}
