package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fairlead.model.ExpiresConfig.Base;
import org.fairlead.model.ExpiresConfig.Expiry;
import org.fairlead.model.RangeLimits;
import org.fairlead.model.ResponseDefaults;
import org.fairlead.model.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** mod_expires' lifetimes and AddDefaultCharset, in both syntaxes, and how sections override. */
class ResponseDefaultsReaderTest {
    private static Settings main(LoadedConfig loaded) {
        return loaded.config().mainHost().settings();
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(textBlock = """
            access plus 1 month,           ACCESS,       2592000
            access plus 1 year,            ACCESS,       31536000
            now plus 2 weeks,              ACCESS,       1209600
            Now plus 1 day,                ACCESS,       86400
            access 1 hour 30 minutes,      ACCESS,       5400
            a p 1 mo 2 y,                  ACCESS,       65664000
            access plus 10 seconds 1 hours, ACCESS,      3610
            access,                        ACCESS,       0
            modification plus 5 minutes,   MODIFICATION, 300
            A3600,                         ACCESS,       3600
            A-5,                           ACCESS,       -5
            M60,                           MODIFICATION, 60
            """)
    void aLifetimeIsReadAsModExpiresReadsIt(String code, Base base, long seconds) {
        LoadedConfig httpd = Configs.conf("ExpiresDefault \"" + code + "\"");
        LoadedConfig yaml = Configs.read("yaml", "ExpiresDefault: " + code);

        for (LoadedConfig loaded : List.of(httpd, yaml)) {
            assertThat(main(loaded).responseDefaults().expires().byDefault()).contains(new Expiry(base, seconds));
        }
    }

    @Test
    void aSectionOverridesWhatItSaysAndKeepsTheRest() {
        LoadedConfig loaded = Configs.conf(
                "AddDefaultCharset utf-8",
                "ExpiresActive On",
                "ExpiresByType text/css A10",
                "ExpiresByType image/* A20",
                "<Location /a>",
                "ExpiresByType Text/CSS A30",
                "AddDefaultCharset Off",
                "</Location>",
                "<Location /b>",
                "AddDefaultCharset On",
                "</Location>");
        Settings main = main(loaded);

        ResponseDefaults a = main.merge(
                        loaded.config().mainHost().locations().get(0).settings())
                .responseDefaults();
        ResponseDefaults b = main.merge(
                        loaded.config().mainHost().locations().get(1).settings())
                .responseDefaults();

        assertThat(main.responseDefaults().charset()).contains("utf-8");
        assertThat(a.charset()).contains("");
        assertThat(b.charset()).contains("iso-8859-1");
        assertThat(a.expires().isActive()).isTrue();
        assertThat(a.expires().of("text/css")).contains(new Expiry(Base.ACCESS, 30));
        assertThat(a.expires().of("image/png"))
                .as("mod_expires forgets outer wildcards")
                .isEmpty();
        assertThat(b.expires().of("image/png")).contains(new Expiry(Base.ACCESS, 20));
    }

    @Test
    void aTypeOfItsOwnIsWrittenAsAListInYaml() {
        LoadedConfig loaded = Configs.read(
                "yaml", "ExpiresActive: On", "ExpiresByType:", "  - type: text/css", "    expiry: access plus 1 day");

        assertThat(main(loaded).responseDefaults().expires().of("text/css")).contains(new Expiry(Base.ACCESS, 86400));
    }

    @ParameterizedTest(name = "MaxRanges {0} -> {1}, {2}")
    @CsvSource(textBlock = """
            default,   200, 20
            unlimited, 2147483647, 2147483647
            None,      0, 0
            7,         7, 7
            """)
    void limitsOfRangesAreReadInBothSyntaxes(String word, int ranges, int others) {
        LoadedConfig httpd = Configs.conf("MaxRanges " + word, "MaxRangeOverlaps " + word, "MaxRangeReversals " + word);
        LoadedConfig yaml =
                Configs.read("yaml", "MaxRanges: " + word, "MaxRangeOverlaps: " + word, "MaxRangeReversals: " + word);

        for (LoadedConfig loaded : List.of(httpd, yaml)) {
            RangeLimits limits = main(loaded).responseDefaults().ranges();
            assertThat(limits.maxRanges()).isEqualTo(ranges);
            assertThat(limits.maxOverlaps()).isEqualTo(others);
            assertThat(limits.maxReversals()).isEqualTo(others);
        }
    }
}
