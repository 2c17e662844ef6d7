package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamWarmUpTest {
    /** As of an application in a container: all classes are its own. */
    private static final class Application extends URLClassLoader {
        Application() {
            super(
                    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(Application::url)
                            .toArray(URL[]::new),
                    ClassLoader.getPlatformClassLoader());
        }

        private static URL url(String path) {
            try {
                return Path.of(path).toUri().toURL();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean has(String name) {
            return findLoadedClass(name) != null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.hc.core5.pool.StrictConnPool",
                "org.apache.hc.core5.pool.PoolEntry",
                "org.apache.hc.core5.concurrent.BasicFuture",
                "org.fairlead.upstream.MemberConnection"
            })
    void theLibrarysClassesAreThereBeforeTheFirstRequest(String name) throws Exception {
        try (Application application = new Application()) {
            Class<?> type = application.loadClass(PooledUpstream.class.getName());
            try (AutoCloseable upstream = (AutoCloseable) type.getConstructor().newInstance()) {
                assertThat(application.has(name)).isFalse();
                type.getMethod("warmUp").invoke(upstream);
                assertThat(application.has(name)).isTrue();
            }
        }
    }
}
