package org.fairlead.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapFileTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong(5 * SECOND);

    @Test
    void aChangedFileIsReadAgainAfterASecondAndNotBefore() throws Exception {
        Path file = Files.writeString(folder.resolve("map"), "k old\n");
        MapFile map = new MapFile(file, now::get);
        assertThat(map.find("k")).contains("old");

        Files.writeString(file, "k changed\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(4711));
        now.addAndGet(SECOND - 1);
        assertThat(map.find("k")).contains("old");

        now.addAndGet(1);
        assertThat(map.find("k")).contains("changed");
    }

    @Test
    void aFileThatIsGoneHasNoKeysUntilItIsBack() throws Exception {
        Path file = Files.writeString(folder.resolve("map"), "k v\n");
        MapFile map = new MapFile(file, now::get);

        Files.delete(file);
        now.addAndGet(SECOND);
        assertThat(map.find("k")).isEmpty();

        Files.writeString(file, "k v\n");
        now.addAndGet(SECOND);
        assertThat(map.find("k")).contains("v");
    }
}
