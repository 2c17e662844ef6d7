package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fairlead.model.RangeLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ranges a Range field asks for in a body of 100 bytes; the rows are what httpd 2.4 did behind mod_proxy. */
class RangeFieldTest {
    private static String words(Optional<List<ByteRange>> ranges) {
        return ranges.map(parts -> parts.isEmpty()
                        ? "416"
                        : parts.stream()
                                .map(part -> part.first() + "-" + part.last())
                                .collect(Collectors.joining(" ")))
                .orElse("whole");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-9                      | 0-9
            BYTES=90-200                   | 90-99
            bytes=7-7                      | 7-7
            bytes=95-                      | 95-99
            bytes=0-                       | 0-99
            bytes=40-50,0-,60-70           | 0-99
            bytes=-5                       | 95-99
            bytes=-200                     | 0-99
            bytes=0-1,5-6                  | 0-1 5-6
            bytes=0-1,,5-6,                | 0-1 5-6
            bytes=0-9,10-19                | 0-19
            bytes=0-9,5-14,40-41           | 0-14 40-41
            bytes=10-19,0-9                | 0-19
            bytes=200-300,5-6,400-         | 5-6
            bytes=0-50,20-99,0-99          | 0-99
            bytes=100-                     | 416
            bytes=100-,200-300             | 416
            bytes=50-40                    | whole
            bytes=                         | whole
            bytes=-                        | whole
            bytes=-0                       | whole
            bytes=,0-1                     | whole
            bytes=0-1, 5-6                 | whole
            bytes= 0-9                     | whole
            bytes=0-x                      | whole
            bytes=0-9,x                    | whole
            bytes=1-2-3                    | whole
            bytes=+1-2                     | whole
            bytes=99999999999999999999-    | whole
            bytes=0-9, bytes=20-29         | whole
            bytes=0-50,60-99,0-50,60-99    | whole
            lines=0-4                      | whole
            bytes                          | whole
            """)
    void isReadAsHttpdReadsIt(String field, String expected) {
        assertThat(words(RangeField.read(field, 100, RangeLimits.NONE))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            bytes=-5,0-4           | 0-4 95-99
            bytes=0-9,20-29,5-14   | 0-14 20-29
            bytes=60-61,40-41,0-1  | 0-1 40-41 60-61
            """)
    void partsAscendAndAreJoinedWhereTheyTouchSoThatNoByteIsHeldBack(String field, String expected) {
        assertThat(words(RangeField.read(field, 100, RangeLimits.NONE))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} with limits of {1}, {2}, {3} -> {4}")
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-1,5-6              | 1 | 20 | 20 | whole
            bytes=0-1,5-6              | 2 | 20 | 20 | 0-1 5-6
            bytes=0-1                  | 0 | 20 | 20 | whole
            bytes=0-3,2-5,40-41        | 9 | 0  | 20 | whole
            bytes=0-3,2-5,40-41        | 9 | 1  | 20 | 0-5 40-41
            bytes=20-30,15-22,10-16    | 9 | 20 | 1  | whole
            bytes=20-30,15-22,10-16    | 9 | 20 | 2  | 10-30
            """)
    void whatExceedsALimitIsIgnored(String field, int ranges, int overlaps, int reversals, String expected) {
        RangeLimits limits = new RangeLimits(Optional.of(ranges), Optional.of(overlaps), Optional.of(reversals));

        assertThat(words(RangeField.read(field, 100, limits))).isEqualTo(expected);
    }

    @Test
    void twoHundredPartsAreTheDefaultLimit() {
        StringBuilder list = new StringBuilder("bytes=0-0");
        for (int i = 1; i < 200; i++) {
            list.append(',').append(3 * i).append('-').append(3 * i);
        }

        assertThat(RangeField.read(list.toString(), 10_000, RangeLimits.NONE).orElseThrow())
                .hasSize(200);
        assertThat(RangeField.read(list + ",900-900", 10_000, RangeLimits.NONE)).isEmpty();
    }
}
