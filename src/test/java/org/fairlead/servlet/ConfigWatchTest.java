package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fairlead.config.ConfigLoader;
import org.fairlead.model.ProxyConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
    @TempDir
    private Path folder;

    private final List<String> taken = new ArrayList<>();
    private Path file;
    private Runnable meanwhile = () -> {};

    @BeforeEach
    void write() {
        file = folder.resolve("fairlead.conf");
        edit("first");
    }

    /** Each name is of another length, so that no file system's clock is too coarse to tell. */
    private void edit(String member) {
        try {
            Files.writeString(file, member.isEmpty() ? "Nonsense\n" : "ProxyPass / http://" + member + "/\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(ProxyConfig config) {
        config.balancers().values().forEach(balancer -> taken.add(balancer.name()));
        meanwhile.run();
    }

    private ConfigWatch watch() throws Exception {
        return new ConfigWatch(new ConfigLoader().load(file), file, front, this::take);
    }

    @Test
    void anEditIsTakenOverOnceItRests() throws Exception {
        try (ConfigWatch watch = watch()) {
            watch.look();
            edit("second");
            watch.look();
            assertThat(taken).isEmpty();
            watch.look();
            watch.look();
            assertThat(taken).containsExactly("http://second");
        }
    }

    @Test
    void anEditWhileTheOneBeforeIsTakenOverIsNotLost() throws Exception {
        try (ConfigWatch watch = watch()) {
            edit("second");
            meanwhile = () -> edit("the-third");
            watch.look();
            watch.look();
            meanwhile = () -> {};
            watch.look();
            watch.look();
            assertThat(taken).containsExactly("http://second", "http://the-third");
        }
    }

    @Test
    void aBrokenEditChangesNothingAndTheNextOneCounts() throws Exception {
        try (ConfigWatch watch = watch()) {
            edit("");
            watch.look();
            watch.look();
            assertThat(taken).isEmpty();
            edit("the-third");
            watch.look();
            watch.look();
            assertThat(taken).containsExactly("http://the-third");
        }
    }
}
