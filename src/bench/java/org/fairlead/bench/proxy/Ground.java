package org.fairlead.bench.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What all peers stand on: a folder, members, a certificate. The members are two nginx (small, 64 KiB and 1 MiB answers,
 * uploads) and our own slow ones.
 *
 * @param fast ports of the two nginx
 * @param slow answers after a second
 * @param uneven one quick member and one ten times slower
 * @param stalling two members of which one answers nobody for 200 ms of every second
 */
record Ground(
        Path folder,
        List<Integer> fast,
        List<Integer> slow,
        List<Integer> uneven,
        List<Integer> stalling,
        Path certificate,
        Path key,
        Path both,
        List<AutoCloseable> parts)
        implements AutoCloseable {

    static Ground lay(Path folder) throws IOException, InterruptedException {
        // A server that was started by root serves as somebody else, who must be able to read here.
        Files.setPosixFilePermissions(Files.createDirectories(folder), PosixFilePermissions.fromString("rwxr-xr-x"));
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
        Path both = folder.resolve("both.pem");
        Files.writeString(both, Files.readString(certificate) + Files.readString(key));
        int a = freePort();
        int b = freePort();
        AutoCloseable nginx = members(folder.resolve("members"), a, b);
        SlowMember slow = SlowMember.start(1_000, false);
        SlowMember quick = SlowMember.start(2, false);
        SlowMember ten = SlowMember.start(20, false);
        SlowMember steady = SlowMember.start(2, false);
        SlowMember stalling = SlowMember.start(2, true);
        return new Ground(
                folder,
                List.of(a, b),
                List.of(slow.port()),
                List.of(quick.port(), ten.port()),
                List.of(steady.port(), stalling.port()),
                certificate,
                key,
                both,
                List.of(nginx, slow, quick, ten, steady, stalling));
    }

    private static AutoCloseable members(Path folder, int a, int b) throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.write(root.resolve("64k"), new byte[64 * 1024]);
        Files.write(root.resolve("1m"), new byte[1024 * 1024]);
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, """
                daemon off;
                worker_processes 1;
                pid %1$s/pid;
                error_log stderr error;
                events { worker_connections 16000; }
                http {
                  access_log off;
                  sendfile on;
                  tcp_nodelay on;
                  keepalive_requests 100000000;
                  keepalive_timeout 300s;
                  client_body_temp_path %1$s/body;
                  client_body_buffer_size 64k;
                  proxy_temp_path %1$s/t1; fastcgi_temp_path %1$s/t2; uwsgi_temp_path %1$s/t3; scgi_temp_path %1$s/t4;
                  server {
                    listen 127.0.0.1:%2$d backlog=4096;
                    listen 127.0.0.1:%3$d backlog=4096;
                    location = /small { return 200 "Hello from a member of the balancer."; }
                    location = /post { return 200 "ok"; }
                    location / { root %1$s/root; default_type application/octet-stream; }
                  }
                }
                """.formatted(folder, a, b));
        Process process = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await(a);
        return process::destroy;
    }

    static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until somebody listens. */
    static void await(int port) throws IOException {
        try {
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(20, TimeUnit.MILLISECONDS)
                    .until(() -> isHeard(port));
        } catch (ConditionTimeoutException e) {
            throw new IOException("nobody listens at " + port, e);
        }
    }

    private static boolean isHeard(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Has our own members close the connections that a peer keeps to them, when its turn is over. Otherwise every peer
     * leaves thousands of them behind, and this process has a descriptor for each.
     */
    void letGo() throws IOException, InterruptedException {
        for (AutoCloseable part : parts) {
            if (part instanceof SlowMember member) {
                member.letGo();
            }
        }
    }

    @Override
    public void close() {
        end();
    }

    /** Ends the members; twice does no harm. */
    void end() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                System.err.println("benchmark: " + e);
            }
        }
    }
}
