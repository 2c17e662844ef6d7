package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.config.Problem;
import org.fairlead.model.ProxyConfig;
import org.fairlead.runtime.ListenerControl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigWatchTest {
    @TempDir
    private Path folder;

    private final List<String> taken = new ArrayList<>();
    private final FakeFront front = new FakeFront();
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

    /** Sees an edit, and sees it unchanged as often as it takes. */
    private static void rest(ConfigWatch watch) {
        for (int i = 0; i <= ReloadGuard.QUIET_LOOKS; i++) {
            watch.look();
        }
    }

    private static void restLong(ConfigWatch watch) {
        for (int i = 0; i <= ReloadGuard.LONG_QUIET_LOOKS; i++) {
            watch.look();
        }
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
            watch.look();
            assertThat(taken).isEmpty();
            watch.look();
            watch.look();
            assertThat(members()).containsExactly("http://second");
        }
    }

    @Test
    void anEditWhileTheOneBeforeIsTakenOverIsNotLost() throws Exception {
        try (ConfigWatch watch = watch()) {
            edit("second");
            meanwhile = () -> edit("the-third");
            rest(watch);
            meanwhile = () -> {};
            rest(watch);
            assertThat(members()).containsExactly("http://second", "http://the-third");
        }
    }

    @Test
    void aBrokenEditChangesNothingAndTheNextOneCounts() throws Exception {
        try (ConfigWatch watch = watch()) {
            edit("");
            restLong(watch);
            assertThat(watch.state().successful()).isFalse();
            assertThat(taken).isEmpty();
            edit("the-third");
            rest(watch);
            assertThat(members()).containsExactly("http://the-third");
        }
    }

    /** Keeps what it was told, in its order, with what the taker got in between. */
    private final class FakeFront implements ListenerControl {
        private boolean refuses;

        @Override
        public Change prepare(LoadedConfig next) throws ConfigException {
            taken.add("prepare");
            if (refuses) {
                throw new ConfigException(List.of(new Problem(
                        Problem.Severity.ERROR, next.config().listeners().get(0).source(), "cannot listen")));
            }
            return new Change() {
                @Override
                public void complete() {
                    taken.add("complete");
                }

                @Override
                public void cancel() {
                    taken.add("abandon");
                }
            };
        }

        @Override
        public void onRequest(Runnable reload) {
            throw new AssertionError("only a watch that was started can be asked");
        }
    }

    /** The members only. */
    private List<String> members() {
        return taken.stream().filter(word -> word.startsWith("http")).toList();
    }

    @Test
    void listenersAreMadeReadyBeforeAndChangedBehindTheRoutes() throws Exception {
        try (ConfigWatch watch = watch()) {
            edit("second");
            watch.reloadNow();
            assertThat(taken).containsExactly("prepare", "http://second", "complete");
            assertThat(watch.state().successful()).isTrue();
        }
    }

    @Test
    void aListenerThatCannotBeOpenedRefusesAll() throws Exception {
        try (ConfigWatch watch = watch()) {
            front.refuses = true;
            edit("second");
            Instant before = watch.state().lastSuccess();
            watch.reloadNow();
            assertThat(taken).containsExactly("prepare");
            assertThat(watch.state().successful()).isFalse();
            assertThat(watch.state().problems()).singleElement().asString().endsWith(": cannot listen");
            assertThat(watch.state().lastSuccess()).isEqualTo(before);

            front.refuses = false;
            watch.reloadNow();
            assertThat(members()).containsExactly("http://second");
            assertThat(watch.state().successful()).isTrue();
            assertThat(watch.state().problems()).isEmpty();
        }
    }

    @Test
    void routesThatCannotRunTakeTheListenersBack() throws Exception {
        try (ConfigWatch watch = watch()) {
            meanwhile = () -> {
                throw new IllegalArgumentException("no such cipher");
            };
            edit("second");
            watch.reloadNow();
            assertThat(taken).containsExactly("prepare", "http://second", "abandon");
            assertThat(watch.state().problems()).containsExactly("no such cipher");
        }
    }

    @Test
    void whoAsksIsServedThoughNothingHasChanged() throws Exception {
        try (ConfigWatch watch = watch()) {
            watch.reloadNow();
            assertThat(members()).containsExactly("http://first");
            rest(watch);
            assertThat(members()).hasSize(1);
        }
    }

    /** What is written, at which place of the folder, while the main file stays as it is. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Include conf.d/*.conf,         conf.d/b.conf",
        "IncludeOptional sites/*.conf,  sites/b.conf",
        "IncludeOptional extra.conf,    extra.conf",
        "IncludeOptional no/*/p.conf,   no/such/p.conf",
    })
    void aFileThatComesToWhereOneWasLookedForIsTakenOver(String line, String added) throws Exception {
        Files.createDirectory(folder.resolve("conf.d"));
        Files.writeString(folder.resolve("conf.d/a.conf"), "# nothing\n");
        Files.writeString(file, line + "\nRedirect /gone http://elsewhere/\n");
        try (ConfigWatch watch = watch()) {
            rest(watch);
            assertThat(taken).isEmpty();
            Path place = folder.resolve(added);
            Files.createDirectories(place.getParent());
            Files.writeString(place, "ProxyPass / http://added/\n");
            rest(watch);
            assertThat(members()).containsExactly("http://added");
            Files.delete(place);
            rest(watch);
            assertThat(taken).containsExactly("prepare", "http://added", "complete", "prepare", "complete");
        }
    }

    @Test
    void anIncludedFileThatWasRefusedIsLookedAtUntilItIsMended() throws Exception {
        try (ConfigWatch watch = watch()) {
            Files.writeString(folder.resolve("part.conf"), "Nonsense\n");
            Files.writeString(file, "Include part.conf\n");
            restLong(watch);
            assertThat(taken).isEmpty();
            Files.writeString(folder.resolve("part.conf"), "ProxyPass / http://mended/\n");
            rest(watch);
            assertThat(members()).containsExactly("http://mended");
        }
    }

    /** What the file says while it runs, and what is left of it: valid, and without what it closed. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "\n",
                "# begun\n",
                "Listen 8081\n",
                "Listen 8081\nServerName a.example\n",
                "ProxyPass / http://first/\n",
                "<VirtualHost *:8081>\n</VirtualHost>\nListen 8081\n"
            })
    void whatServesNothingOrListensNowhereReplacesNothing(String left) throws Exception {
        Files.writeString(
                file, "Listen 8081\nProxyPass / http://first/\n<Location /admin>\nRequire all denied\n</Location>\n");
        try (ConfigWatch watch = watch()) {
            Files.writeString(file, left);
            restLong(watch);
            assertThat(taken).isEmpty();
            assertThat(watch.state().problems()).hasSize(1);
            watch.reloadNow();
            assertThat(taken).isEmpty();
        }
    }

    @Test
    void aFileThatBecameShorterInPlaceIsWaitedForLonger() throws Exception {
        String whole = "Listen 8081\nProxyPass / http://first/\n<Location /admin>\nRequire all denied\n</Location>\n";
        Files.writeString(file, whole);
        try (ConfigWatch watch = watch()) {
            Files.writeString(file, whole.substring(0, whole.indexOf("<Location")));
            rest(watch);
            rest(watch);
            assertThat(taken).isEmpty();
            Files.writeString(file, whole.replace("first", "second"));
            rest(watch);
            assertThat(members()).containsExactly("http://second");
        }
    }

    @Test
    void aFileThatLacksTheEndOfItsLastLineIsWaitedForLonger() throws Exception {
        try (ConfigWatch watch = watch()) {
            Files.writeString(file, "ProxyPass /a http://a-longer-member");
            rest(watch);
            assertThat(taken).isEmpty();
            restLong(watch);
            assertThat(members()).containsExactly("http://a-longer-member");
        }
    }

    @Test
    void aFileThatIsRenamedOverAnotherIsComplete() throws Exception {
        try (ConfigWatch watch = watch()) {
            Path next = Files.writeString(folder.resolve("next"), "ProxyPass / http://b/");
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            rest(watch);
            assertThat(members()).containsExactly("http://b");
        }
    }

    @Test
    void anIncludedFileThatIsEmptyNowIsNotReadUntilItSaysSomething() throws Exception {
        Path part = Files.writeString(folder.resolve("part.conf"), "<Location /a>\nRequire all denied\n</Location>\n");
        Files.writeString(file, "ProxyPass / http://first/\nInclude part.conf\n");
        try (ConfigWatch watch = watch()) {
            Files.writeString(part, "");
            restLong(watch);
            assertThat(taken).isEmpty();
            assertThat(watch.state().problems()).singleElement().asString().contains(part + " is empty now");
            Files.writeString(part, "# nothing is closed any more\n");
            restLong(watch);
            assertThat(members()).containsExactly("http://first");
        }
    }

    @Test
    void withSignalOnlyWhoAsksIsServed() throws Exception {
        Files.writeString(file, "ConfigReload signal\nProxyPass / http://first/\n");
        try (ConfigWatch watch = watch()) {
            Files.writeString(file, "ConfigReload watch\nProxyPass / http://second-one/\n");
            restLong(watch);
            assertThat(taken).isEmpty();
            watch.reloadNow();
            assertThat(members()).containsExactly("http://second-one");
            edit("the-third-of-them-and-a-longer-one");
            restLong(watch);
            assertThat(members()).hasSize(2);
        }
    }
}
