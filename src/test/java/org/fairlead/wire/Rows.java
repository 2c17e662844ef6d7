package org.fairlead.wire;

import java.util.List;
import java.util.stream.Stream;

/** The table: all themes together. */
final class Rows {
    private Rows() {}

    static List<Row> all() {
        return Stream.of(
                        FramingRows.rows(),
                        ChunkRows.rows(),
                        HeadRows.rows(),
                        TargetRows.rows(),
                        ForwardedRows.rows(),
                        AnswerRows.rows(),
                        LimitRows.rows(),
                        RequestRows.rows(),
                        ResponseRows.rows(),
                        UpgradeRows.rows(),
                        TimingRows.rows(),
                        PoolRows.rows(),
                        BalancedRows.rows(),
                        StatusLineRows.rows(),
                        SurplusRows.rows())
                .flatMap(List::stream)
                .toList();
    }
}
