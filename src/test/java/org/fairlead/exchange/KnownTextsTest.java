package org.fairlead.exchange;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KnownTextsTest {
    @Test
    void noTextPushesAsideAnother() {
        assertThatThrownBy(() -> new KnownTexts("close", "cliose", "cxiose"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cxiose is where cliose is");
    }
}
