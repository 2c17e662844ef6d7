package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

class AnswerFuzzTest {
    /**
     * Any bytes of a member are refused, cut, or a clean answer; and how they are cut into reads changes nothing.
     */
    @FuzzTest(maxDuration = "60s")
    void anAnswerIsRefusedOrClean(byte[] data) throws Exception {
        String whole = SeenResponse.of(new ScriptedTransport(data));
        int middle = data.length / 2;
        assertThat(SeenResponse.of(new ScriptedTransport(
                        Arrays.copyOf(data, middle), Arrays.copyOfRange(data, middle, data.length))))
                .isEqualTo(whole);
    }
}
