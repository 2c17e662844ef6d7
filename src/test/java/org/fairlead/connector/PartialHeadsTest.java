package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.connector.PartialHeads.READER_BYTES;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialHeadsTest {
    private static final int LENGTH = 1000;

    private final List<Integer> closed = new ArrayList<>();
    private final List<PartialHeads.Connection> connections = new ArrayList<>();

    private PartialHeads roomFor(int heads) {
        for (int i = 0; i < 10; i++) {
            int number = i;
            connections.add(() -> closed.add(number));
        }
        return new PartialHeads((long) heads * (READER_BYTES + LENGTH));
    }

    @ParameterizedTest(name = "room for {0}, {1} come: {2} are closed")
    @CsvSource({"5, 4, 0", "5, 5, 0", "5, 6, 1", "5, 10, 5", "1, 3, 2"})
    void beyondTheBudgetTheOldestAreClosed(int room, int coming, int expected) {
        PartialHeads heads = roomFor(room);
        for (int i = 0; i < coming; i++) {
            heads.hold(connections.get(i), LENGTH);
        }
        assertThat(closed).hasSize(expected).isSorted();
        assertThat(closed).allMatch(number -> number < expected);
    }

    @Test
    void aHeadThatIsReleasedTakesNoRoom() {
        PartialHeads heads = roomFor(2);
        for (PartialHeads.Connection connection : connections) {
            heads.hold(connection, LENGTH);
            heads.release(connection);
            heads.release(connection);
        }
        heads.hold(connections.get(0), LENGTH);
        heads.hold(connections.get(1), LENGTH);
        assertThat(closed).isEmpty();
    }

    @Test
    void aHeadThatGrowsIsCountedOnceAndAsNewest() {
        PartialHeads heads = roomFor(3);
        heads.hold(connections.get(0), 0);
        heads.hold(connections.get(1), LENGTH);
        heads.hold(connections.get(2), LENGTH);
        heads.hold(connections.get(0), LENGTH);
        assertThat(closed).isEmpty();
        heads.hold(connections.get(3), LENGTH);
        assertThat(closed).containsExactly(1);
    }

    @Test
    void theNewestIsKeptEvenWhereItIsTooLongForTheBudget() {
        PartialHeads heads = roomFor(1);
        heads.hold(connections.get(0), 100 * LENGTH);
        assertThat(closed).isEmpty();
    }

    @Test
    void connectionsInUseStayAndOthersAreClosedInTheirPlace() {
        PartialHeads heads = roomFor(3);
        for (int number : new int[] {0, 1}) {
            heads.hold(new InUse(number), LENGTH);
        }
        for (int i = 2; i < 6; i++) {
            heads.hold(connections.get(i), LENGTH);
        }
        assertThat(closed).containsExactly(2, 3, 4);
    }

    @Test
    void aBudgetIsExceededRatherThanAConnectionInUseClosed() {
        PartialHeads heads = roomFor(1);
        for (int i = 0; i < 200; i++) {
            heads.hold(new InUse(i), LENGTH);
        }
        assertThat(closed).isEmpty();
    }

    private final class InUse implements PartialHeads.Connection {
        private final int number;

        InUse(int number) {
            this.number = number;
        }

        @Override
        public void close() {
            closed.add(number);
        }

        @Override
        public boolean isInUse() {
            return true;
        }
    }
}
