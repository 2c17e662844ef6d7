package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretMaskTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            requestheader: set Authorization "Basic aHVzaA=="    | requestheader: set Authorization ***
            RequestHeader: 'set X-Api-Key hush'                  | RequestHeader: 'set X-Api-Key ***
            SetEnv: PASSWORD hush                                | SetEnv: PASSWORD ***
            SSLPassPhraseDialog: exec:/bin/pw hush               | SSLPassPhraseDialog: ***
            ProxyPass: /x http://ann:hush@app1/                  | ProxyPass: /x http://***@app1/
            ServerName: www.example.com                          | ServerName: www.example.com
            """)
    void secretsOfTheConfigurationAreNotShown(String line, String shown) {
        assertThat(SecretMask.apply(line)).isEqualTo(shown + "\n");
    }
}
