package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairlead.model.HostConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SSLOptions in a server and a section: signs change, words without one replace (mod_ssl). */
class SslOptionsTest {
    @ParameterizedTest(name = "{0}, then {1}: {2}")
    @CsvSource(textBlock = """
            +LegacyDNStringFormat,             +StdEnvVars,           true
            +StdEnvVars +legacydnstringformat, -StdEnvVars,           true
            LegacyDNStringFormat,              StdEnvVars,            false
            +StdEnvVars,                       LegacyDNStringFormat,  true
            +LegacyDNStringFormat,             -LegacyDNStringFormat, false
            +StdEnvVars,                       +ExportCertData,       false
            """)
    void aSectionChangesWhatTheServerSays(String server, String section, boolean legacy) {
        HostConfig host = Configs.conf("SSLOptions " + server, "<Location /a>", "SSLOptions " + section, "</Location>")
                .config()
                .mainHost();

        assertThat(host.settings().merge(host.locations().get(0).settings()).writesLegacyNames())
                .isEqualTo(legacy);
    }
}
