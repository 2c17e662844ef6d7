package org.fairlead.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InternTableTest {
    @Test
    void noTextPushesAsideAnother() {
        assertThatThrownBy(() -> new InternTable("close", "cliose", "cxiose"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cxiose is where cliose is");
    }
}
