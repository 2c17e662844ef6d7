package org.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table itself, and the reader that judges what members get. */
class WireTableTest {
    @Test
    void everyRowHasASourceAndThereAreEnough() {
        List<Row> rows = Rows.all();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(250);
        assertThat(rows).allSatisfy(row -> assertThat(row.source()).isNotBlank());
        assertThat(rows.stream().map(Row::toString).toList()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /p HTTP/1.1|Host: h|Host: h||",
                "GET /p HTTP/1.1|X-A: a||",
                "GET /p HTTP/1.0|Host: h||",
                "GET /a b HTTP/1.1|Host: h||",
                "GET /p HTTP/1.1␊Host: h||",
                "GET /p HTTP/1.1|Host: h| folded||",
                "GET /p HTTP/1.1|Host: h|X-A: a␍b||",
                "GET /p HTTP/1.1|Host: h|X-A : a||",
                "POST /p HTTP/1.1|Host: h|Content-Length: 5|Content-Length: 5||hello",
                "POST /p HTTP/1.1|Host: h|Content-Length: 5|Transfer-Encoding: chunked||hello",
                "POST /p HTTP/1.1|Host: h|Transfer-Encoding: xchunked||hello",
                "POST /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||5x|hello|0||",
                "POST /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||5|hello!|0||",
                "POST /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||5␊hello|0||"
            })
    void theStrictReaderTakesNothingThatCanBeReadInTwoWays(String request) {
        assertThatThrownBy(() -> read(request)).isInstanceOf(StrictReader.Violation.class);
    }

    @Test
    void theStrictReaderTakesWhatIsValidAndSeesWhatIsCut() throws Exception {
        Received whole = read("POST /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||2|he|3|llo|0|X-T: t||");
        assertThat(whole.bodyText()).isEqualTo("hello");
        assertThat(whole.trailers()).containsExactly("X-T: t");
        assertThat(whole.complete()).isTrue();
        assertThat(read("POST /p HTTP/1.1|Host: h|Content-Length: 10||hello").complete())
                .isFalse();
        assertThat(read("POST /p HTTP/1.1|Host: h").complete()).isFalse();
    }

    private static Received read(String request) throws Exception {
        StrictReader reader = new StrictReader(new ByteArrayInputStream(Notation.bytes(request)));
        return reader.rest(reader.head().orElseThrow());
    }
}
