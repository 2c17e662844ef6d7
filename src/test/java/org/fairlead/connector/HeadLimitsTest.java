package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadLimitsTest {
    private static final int MAX_BYTES = 30;

    @ParameterizedTest(name = "{0}, read to {1}: {2}")
    @CsvSource(textBlock = """
            GET /pppppppppppppppppppppppppp,            31, 414
            GET /pppppppppppppppppppppppppp HTTP/1.1|H, 42, 414
            GET / HTTP/1.1|X: xxxxxxxxxxxxxxxxx,        34, 431
            GET / HTTP/1.1|X: xxxxxxxxxxxxxxxxx|,       31, 431
            |GET / HTTP/1.1|X: xxxxxxxxxxxxxxxxx,       36, 431
            GET /\\ HTTP/1.1|X: xxxxxxxxxxxxxxxxx,      5, 0
            GET / HTTP/1.1|X,                           17, 0
            """)
    void aHeadThatFillsItsRoomIsTooLongWhereverItIsLong(String come, int read, int status) {
        ByteBuffer head = ByteBuffer.wrap(come.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
        head.position(Math.min(read, head.limit()));

        assertThat(HeadLimits.status(new IllegalArgumentException(), Optional.of(head), MAX_BYTES))
                .isEqualTo(status);
    }

    @Test
    void tooManyFieldsAreToldByTheirList() {
        assertThat(HeadLimits.status(new IllegalStateException(), Optional.empty(), MAX_BYTES))
                .isEqualTo(431);
        assertThat(HeadLimits.status(new IllegalArgumentException(), Optional.empty(), MAX_BYTES))
                .isZero();
    }
}
