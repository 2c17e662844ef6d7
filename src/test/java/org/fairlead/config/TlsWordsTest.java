package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsWordsTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(nullValues = "-", textBlock = """
            all,                              TLSv1 TLSv1.1 are
            all -SSLv2 -SSLv3,                TLSv1 TLSv1.1 are
            all -TLSv1,                       TLSv1.1 is
            all -SSLv3 -TLSv1 -TLSv1.1,       -
            -all +TLSv1.2,                    -
            TLSv1.2 +TLSv1.1,                 TLSv1.1 is
            +TLSv1 +TLSv1.2 -TLSv1,           -
            +SSLv3 +TLSv1.2,                  SSLv3 is
            TLSv1 TLSv1.2,                    -
            """)
    void whatIsBrokenIsLeftOutAndToldWhereItWasAskedFor(String words, String told) throws ConfigException {
        List<Problem> notices = new ConfigLoader()
                .load("SSLProxyEngine on\nSSLProxyProtocol " + words + "\nProxyPass / https://a/\n", "conf", "a.conf")
                .notices();

        String expected = told == null
                ? ""
                : "SSLProxyProtocol '" + words + "': " + told.replace(" TLSv1.1 are", ", TLSv1.1 are")
                        + " left out, nothing before TLS 1.2 is spoken";
        assertThat(notices.stream()
                        .map(Problem::text)
                        .filter(text -> text.startsWith("SSLProxyProtocol"))
                        .toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }
}
