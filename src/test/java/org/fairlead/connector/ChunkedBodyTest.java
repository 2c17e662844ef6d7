package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkedBodyTest {
    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** The last column tells whether a read of what is behind "hello" would return without more bytes. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            hello|0||,                       true
            hello||0||,                      true
            hello||||,                       false
            hello|,                          false
            hello|5,                         false
            hello|0|,                        false
            hello|0|X-T: 1||,                false
            hello|46|0123456789012345678901234567890123456789012345678901234567890123456789|0||, true
            """)
    void aReadDoesNotWaitForALastChunkOrForMoreThanAChunksHead(String come, boolean readable) {
        ByteBuffer raw = bytes(come).position(bytes(come).limit());
        ByteBuffer taken = raw.duplicate().position(0).limit(5).position(5);
        int unread = ChunkedBody.unread(raw, taken);

        assertThat(unread).isEqualTo(raw.limit() - 5);
        assertThat(ChunkedBody.isReadable(raw, unread)).isEqualTo(readable);
    }

    @Test
    void whatIsNotYetInTheFilterIsAllThatIsUnread() {
        ByteBuffer raw = bytes("5|hello|0||");
        raw.position(3);

        assertThat(ChunkedBody.unread(raw, raw.duplicate().limit(5))).isEqualTo(12);
    }

    @Test
    void theBytesOfAnotherRequestAreNotCounted() {
        ByteBuffer raw = bytes("5|hello|0||");
        raw.position(raw.limit());

        assertThat(ChunkedBody.unread(raw, bytes("hello").limit(5).position(5))).isZero();
        assertThat(ChunkedBody.unread(raw, raw.duplicate().limit(0))).isZero();
    }
}
