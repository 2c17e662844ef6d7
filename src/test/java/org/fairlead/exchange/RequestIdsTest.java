package org.fairlead.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    @Test
    void noTwoRequestsHaveTheSameId() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(RequestIds.text(RequestIds.next()));
        }
        assertThat(ids).hasSize(10_000);
    }

    @Test
    void anIdIsAWordThatStandsInUrlsFieldsAndFileNames() {
        assertThat(RequestIds.text(RequestIds.next()))
                .hasSize(RequestIds.LENGTH)
                .matches("[A-Za-z0-9_-]+");
        assertThat(RequestIds.text(Long.MAX_VALUE)).hasSize(RequestIds.LENGTH);
    }

    @Test
    void idsOfOneProcessBeginAlikeAndCount() {
        assertThat(RequestIds.text(63).substring(0, 14))
                .isEqualTo(RequestIds.text(64).substring(0, 14));
        assertThat(RequestIds.text(63)).endsWith("A_");
        assertThat(RequestIds.text(64)).endsWith("BA");
    }
}
