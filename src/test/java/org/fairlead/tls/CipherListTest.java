package org.fairlead.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code SSLCipherSuite} and {@code SSLProxyCipherSuite} in OpenSSL's language, over a small choice of suites. */
class CipherListTest {
    private static final String[] SUITES = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
        "TLS_RSA_WITH_AES_128_CBC_SHA",
        "SSL_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_DH_anon_WITH_AES_128_GCM_SHA256",
        "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"
    };

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, ECDHE-ECDSA-AES256-GCM-SHA384",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, ECDHE-RSA-CHACHA20-POLY1305",
        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256, DHE-RSA-AES256-SHA256",
        "TLS_RSA_WITH_AES_128_CBC_SHA, AES128-SHA",
        "SSL_RSA_WITH_3DES_EDE_CBC_SHA, DES-CBC3-SHA",
        "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, ECDHE-RSA-DES-CBC3-SHA",
        "TLS_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_GCM_SHA384, AES256-GCM-SHA384",
        "TLS_DH_anon_WITH_AES_128_GCM_SHA256, ADH-AES128-GCM-SHA256",
        "TLS_ECDH_anon_WITH_AES_128_CBC_SHA, AECDH-AES128-SHA"
    })
    void suitesAreKnownByOpenSslsNames(String jdk, String openSsl) {
        assertThat(CipherNames.openSsl(jdk)).isEqualTo(openSsl);
    }

    /** Suites are numbered by their place above; 0 is TLS 1.3's. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "ECDHE-RSA-AES128-GCM-SHA256, 0 2",
        "'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384', 0 2 1",
        "'ECDHE-RSA-AES128-GCM-SHA256,AES128-SHA', 0 2 5",
        "TLS_RSA_WITH_AES_128_CBC_SHA, 0 5",
        "HIGH:!aNULL, 0 1 2 3 4 5",
        "HIGH:!aNULL:!MD5:!3DES:!CAMELLIA, 0 1 2 3 4 5",
        "ALL:!ADH:!EXPORT:!LOW, 0 1 2 3 4 5 6",
        "DEFAULT, 0 1 2 3 4 5",
        "ECDHE+AESGCM, 0 1 2",
        "EECDH+AESGCM:EDH, 0 1 2 4",
        "ECDHE:!ECDSA, 0 2 3",
        "ECDHE:-ECDSA:ECDSA, 0 2 3 1",
        "HIGH:!aNULL:+ECDHE, 0 4 5 1 2 3",
        "!ECDSA:HIGH:!aNULL, 0 2 3 4 5",
        "HIGH:!aNULL:!kRSA:@STRENGTH:@SECLEVEL=2, 0 1 2 3 4",
        "HIGH:!aNULL:!DHE, 0 1 2 3 5",
        "TLSv1.2+HIGH:!aNULL, 0 1 2 3 4",
        "TLS_AES_256_GCM_SHA384:AES128-SHA, 0 5",
        "TLS_AES_256_GCM_SHA384, 0 1 2 3",
        "HIGH !aNULL !kRSA, 0 1 2 3 4",
        "'HIGH, !aNULL,!DHE', 0 1 2 3 5",
        "'ECDHE-RSA-AES128-GCM-SHA256 , AES128-SHA', 0 2 5",
        "HIGH:!aNULL:!CBC, 0 1 2 3",
        "HIGH:!aNULL:!eNULL:!kRSA:!CBC, 0 1 2 3",
        "ECDHE-ECDSA-CAMELLIA256-SHA384:AES128-SHA:DHE-RSA-SEED-SHA:EXP-RC4-MD5, 0 5",
        "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA:AES128-SHA, 0 5",
        "HIGH:!SSLv3:!aNULL, 0 1 2 3 4"
    })
    void listsAreReadAsOpenSslReadsThem(String list, String expected) {
        StringBuilder seen = new StringBuilder();
        for (String suite : CipherList.parse(list, List.of(SUITES))) {
            seen.append(List.of(SUITES).indexOf(suite)).append(' ');
        }
        assertThat(seen.toString().strip()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                " ",
                "TLS_AES_1_GCM_SHA1",
                "EXP-RC4-MD5",
                "ECDHE-RSA-FANCY",
                "HIGH:NOTHING",
                "!HIHG",
                "ECDHE+FANCY",
                "CAMELLIA",
                "!ALL"
            })
    void anUnknownWordOrAnEmptyChoiceIsRefused(String list) {
        assertThatThrownBy(() -> CipherList.parse(list, List.of(SUITES)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void whatIsRecommendedForServersIsUnderstoodByThisJdk() throws Exception {
        assertThat(CipherList.parse(
                        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
                                + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
                                + "DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305",
                        CipherList.supported()))
                .contains("TLS_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    }
}
