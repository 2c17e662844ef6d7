package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that mean nothing, or one thing only, are accepted, and a notice tells what becomes of them. */
class HarmlessLinesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', textBlock = """
            ProxyPassReverse / http://a/ retry=5 ¦ ProxyPassReverse: the word 'retry=5' does nothing, nor does it in httpd
            ProxyPassReverse / http://a/ timeout=9 x=y ¦ ProxyPassReverse: the word 'timeout=9' does nothing, nor does it in httpd
            <Location /m>; ProxyPassReverse http://a/ retry=5; </Location> ¦ ProxyPassReverse: the word 'retry=5' does nothing, nor does it in httpd
            ProxyPassReverse ^/x(.*) http://a/ ¦ ProxyPassReverse does nothing, nor does it in httpd: it names '^/x(.*)', which is no path, so that nothing leads back to it
            ProxyPassReverse /y ! ¦ ProxyPassReverse does nothing, nor does it in httpd: it names '!', which is no URL, so that no field begins with it
            <Location /m>; ProxyPassReverse !; </Location> ¦ ProxyPassReverse does nothing, nor does it in httpd: it names '!', which is no URL, so that no field begins with it
            <LocationMatch ^/l>; ProxyPassReverse http://a/; </LocationMatch> ¦ ProxyPassReverse does nothing, nor does it in httpd: it stands in <LocationMatch>, which has no path to lead back to
            <Location ~ "^/(a|b)">; ProxyPassReverse http://a/; </Location> ¦ ProxyPassReverse does nothing, nor does it in httpd: it stands in <LocationMatch>, which has no path to lead back to
            ProxyPass /app http://a/ ¦ ProxyPass '/app' 'http://a/': one slash is sent where path and URL meet, where httpd sends two
            ProxyPass /ws ws://a/x/ ¦ ProxyPass '/ws' 'ws://a/x/': one slash is sent where path and URL meet, where httpd sends two
            <Location /in>; ProxyPass http://a/; </Location> ¦ ProxyPass '/in' 'http://a/': one slash is sent where path and URL meet, where httpd sends two
            ExpiresByType image/png "Access plus 1 month" ¦ ExpiresByType 'Access plus 1 month': a capital at the start makes it a code of 0 seconds, as in httpd; write access or modification in lower case
            ExpiresDefault M60 ¦ ExpiresDefault 'M60': a proxied response has no file and no time of modification, so nothing is added, as in httpd
            """)
    void areAcceptedAndTold(String lines, String notice) {
        LoadedConfig loaded = Configs.conf(lines.split("; "));

        assertThat(loaded.notices()).extracting(Problem::text).contains(notice);
    }
}
