package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A changed file is taken over while the proxy runs; a broken one is not. */
class ReloadIT {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final Members members = new Members();

    @TempDir
    private Path folder;

    private static String to(HttpMember member) {
        return "Listen 127.0.0.1:0\nProxyPass / " + member.uri() + "/\n";
    }

    private static int status(FairleadJar jar) throws IOException {
        return RawClient.exchange(jar.port(), GET).status();
    }

    @Test
    void anEditMovesTrafficAndABrokenOneDoesNot() throws Exception {
        HttpMember first = members.http("first");
        HttpMember second = members.http("second");
        Path file = Files.writeString(folder.resolve("fairlead.conf"), to(first));
        try (FairleadJar jar = FairleadJar.start("--config", file.toString())) {
            assertThat(status(jar)).isEqualTo(200);
            assertThat(first.count()).isEqualTo(1);

            Path next = Files.writeString(folder.resolve("next.conf"), to(second));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            await("the new member").atMost(PATIENCE).until(() -> status(jar) == 200 && second.count() > 0);
            int before = first.count();

            Files.writeString(file, "ProxyPas / " + first.uri() + "/\n");
            await("the refusal").atMost(PATIENCE).until(() -> jar.output().contains("the running one stays"));

            assertThat(jar.output()).contains("fairlead.conf:1: ", "ProxyPass");
            assertThat(status(jar)).isEqualTo(200);
            assertThat(first.count()).isEqualTo(before);
        }
    }
}
