package org.fairlead.bench.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The peers by name, each with the configuration that an expert of it would accept for this ground. */
final class Recipes {
    static final Map<String, Peer.Recipe> ALL = new LinkedHashMap<>();

    /** As the manual's unit starts it. */
    private static final List<String> AS_A_SERVICE =
            List.of("chrt", "--batch", "0", "java", "-Xms512m", "-Xmx512m", "-jar", "target/fairlead.jar");

    static {
        ALL.put("fairlead", (name, ground) -> fairlead(name, ground, "byrequests", AS_A_SERVICE));
        ALL.put("nginx", Recipes::nginx);
        ALL.put("haproxy", Recipes::haproxy);
        ALL.put("httpd", Recipes::httpd);
        ALL.put("undertow", (name, ground) -> onJvm(name, ground, "UndertowPeer"));
        ALL.put("jetty", (name, ground) -> onJvm(name, ground, "JettyPeer"));
        ALL.put("smiley", (name, ground) -> onJvm(name, ground, "SmileyPeer"));
        ALL.put("vertx", (name, ground) -> onJvm(name, ground, "VertxPeer"));
        for (String method : List.of("bybusyness", "leastconn", "p2c", "ewma")) {
            ALL.put("fairlead-" + method, (name, ground) -> fairlead(name, ground, method, AS_A_SERVICE));
        }
    }

    private Recipes() {}

    /**
     * Another java, another jar, other flags: {@code fairlead@NAME=JAVA,JAR,FLAG…} compares two of ours. JAVA may have
     * words before it, as in {@code chrt --batch 0 java}.
     */
    static Peer.Recipe of(String word) {
        int at = word.indexOf('=');
        if (at < 0) {
            return java.util.Optional.ofNullable(ALL.get(word))
                    .orElseThrow(() -> new IllegalArgumentException("peer '" + word + "' (expected: "
                            + String.join(", ", ALL.keySet()) + " or fairlead@NAME=JAVA,JAR,FLAG...)"));
        }
        List<String> parts = List.of(word.substring(at + 1).split(","));
        return (name, ground) -> {
            List<String> start = new ArrayList<>(List.of(parts.get(0).split(" ")));
            start.addAll(parts.subList(2, parts.size()));
            start.add("-jar");
            start.add(parts.get(1));
            return fairlead(name.substring(0, name.indexOf('=')), ground, "byrequests", start);
        };
    }

    private static Peer fairlead(String name, Ground ground, String method, List<String> start)
            throws IOException, InterruptedException {
        int port = Ground.freePort();
        int tls = Ground.freePort();
        Path config = write(ground, name + ".conf", """
                Listen 127.0.0.1:%d
                Listen 127.0.0.1:%d https
                KeepAliveTimeout 300
                MaxKeepAliveRequests 0
                MaxConnections 20000
                %s
                <VirtualHost *:%d>
                SSLEngine on
                SSLCertificateFile %s
                SSLCertificateKeyFile %s
                Protocols h2 http/1.1
                </VirtualHost>
                """.formatted(
                        port, tls, balancers(ground, method), tls, ground.certificate(), ground.key()));
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of("--config", config.toString()));
        return Peer.start(name, ground, command, port, tls, true);
    }

    private static Map<String, List<Integer>> routes(Ground ground) {
        Map<String, List<Integer>> routes = new LinkedHashMap<>();
        routes.put("/slow/", ground.slow());
        routes.put("/uneven/", ground.uneven());
        routes.put("/stalling/", ground.stalling());
        routes.put("/", ground.fast());
        return routes;
    }

    /** Whether members there answer unevenly, so that an expert would let the least busy one have the next request. */
    private static boolean isAboutTheTail(String path) {
        return path.equals("/uneven/") || path.equals("/stalling/");
    }

    /** A balancer and its ProxyPass for each route, which httpd reads as Fairlead does. */
    private static String balancers(Ground ground, String method) {
        StringBuilder balancers = new StringBuilder();
        routes(ground).forEach((path, ports) -> {
            String balancer = path.equals("/") ? "members" : path.replace("/", "");
            balancers.append("<Proxy balancer://%s>\n".formatted(balancer));
            ports.forEach(p -> balancers.append("BalancerMember http://127.0.0.1:%d\n".formatted(p)));
            balancers.append("ProxySet lbmethod=%s\n</Proxy>\n".formatted(method));
            balancers.append("ProxyPass %s balancer://%s/\n".formatted(path, balancer));
        });
        return balancers.toString();
    }

    private static Peer onJvm(String name, Ground ground, String main) throws IOException, InterruptedException {
        int port = Ground.freePort();
        int tls = Ground.freePort();
        List<String> command = new ArrayList<>(List.of(
                "java",
                "-cp",
                System.getProperty("java.class.path"),
                "org.fairlead.bench.proxy." + main,
                Integer.toString(port),
                Integer.toString(tls),
                keystore(ground).toString()));
        routes(ground)
                .forEach((path, ports) -> command.add(path + "="
                        + ports.stream().map(p -> "http://127.0.0.1:" + p).collect(Collectors.joining(","))));
        return Peer.start(name, ground, command, port, tls, true);
    }

    private static Path keystore(Ground ground) throws IOException, InterruptedException {
        Path store = ground.folder().resolve("keys.p12");
        if (!Files.exists(store)) {
            Ground.run(List.of(
                    "openssl",
                    "pkcs12",
                    "-export",
                    "-in",
                    ground.certificate().toString(),
                    "-inkey",
                    ground.key().toString(),
                    "-out",
                    store.toString(),
                    "-passout",
                    "pass:" + Doors.PASSWORD));
        }
        return store;
    }

    private static Peer nginx(String name, Ground ground) throws IOException, InterruptedException {
        int port = Ground.freePort();
        int tls = Ground.freePort();
        StringBuilder upstreams = new StringBuilder();
        StringBuilder locations = new StringBuilder();
        routes(ground).forEach((path, ports) -> {
            String upstream = "u" + path.replace("/", "");
            upstreams.append("upstream %s { %s %s keepalive %d; keepalive_requests 100000000; }\n"
                    .formatted(
                            upstream,
                            // Without the zone each of the two processes would count its own requests only.
                            isAboutTheTail(path) ? "zone " + upstream + " 64k; least_conn;" : "",
                            ports.stream()
                                    .map(p -> "server 127.0.0.1:%d max_fails=0;".formatted(p))
                                    .collect(Collectors.joining(" ")),
                            path.equals("/slow/") ? 6_000 : 256));
            locations.append("location %s { proxy_pass http://%s; }\n".formatted(path, upstream));
        });
        Path home = Files.createDirectories(ground.folder().resolve("nginx"));
        Path config = write(ground, "nginx.conf", """
                daemon off;
                worker_processes 2;
                pid %1$s/pid;
                error_log stderr crit;
                events { worker_connections 16000; }
                http {
                  access_log off;
                  keepalive_requests 100000000;
                  keepalive_timeout 300s;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_max_temp_file_size 0;
                  proxy_read_timeout 60s;
                  client_body_temp_path %1$s/body; proxy_temp_path %1$s/t1; fastcgi_temp_path %1$s/t2;
                  uwsgi_temp_path %1$s/t3; scgi_temp_path %1$s/t4;
                  client_body_buffer_size 64k;
                  ssl_certificate %2$s;
                  ssl_certificate_key %3$s;
                  ssl_protocols TLSv1.2 TLSv1.3;
                  ssl_session_cache shared:s:10m;
                  %4$s
                  server {
                    listen 127.0.0.1:%5$d backlog=8192;
                    listen 127.0.0.1:%6$d ssl http2 backlog=8192;
                    %7$s
                  }
                }
                """.formatted(
                        home, ground.certificate(), ground.key(), upstreams, port, tls, locations));
        return Peer.start(
                name, ground, List.of("nginx", "-p", home.toString(), "-c", config.toString()), port, tls, false);
    }

    private static Peer haproxy(String name, Ground ground) throws IOException, InterruptedException {
        int port = Ground.freePort();
        int tls = Ground.freePort();
        StringBuilder backends = new StringBuilder();
        StringBuilder uses = new StringBuilder();
        routes(ground).forEach((path, ports) -> {
            String backend = "b" + path.replace("/", "");
            backends.append("backend %s\n  balance %s\n  http-reuse always\n"
                    .formatted(backend, isAboutTheTail(path) ? "leastconn" : "roundrobin"));
            for (int p : ports) {
                backends.append("  server s%d 127.0.0.1:%d pool-max-conn 6000\n".formatted(p, p));
            }
            uses.append(
                    path.equals("/")
                            ? "  default_backend %s\n".formatted(backend)
                            : "  use_backend %s if { path_beg %s }\n".formatted(backend, path));
        });
        Path config = write(ground, "haproxy.cfg", """
                global
                  nbthread 2
                  maxconn 9000
                  tune.ssl.default-dh-param 2048
                  ssl-default-bind-options ssl-min-ver TLSv1.2
                defaults
                  mode http
                  option http-keep-alive
                  timeout connect 5s
                  timeout client 300s
                  timeout server 60s
                  timeout http-keep-alive 300s
                frontend front
                  bind 127.0.0.1:%d backlog 8192
                  bind 127.0.0.1:%d ssl crt %s alpn h2,http/1.1 backlog 8192
                %s
                %s
                """.formatted(port, tls, ground.both(), uses, backends));
        return Peer.start(name, ground, List.of("haproxy", "-db", "-f", config.toString()), port, tls, false);
    }

    private static Peer httpd(String name, Ground ground) throws IOException, InterruptedException {
        int port = Ground.freePort();
        int tls = Ground.freePort();
        Path home = Files.createDirectories(ground.folder().resolve("httpd"));
        String modules = List.of(
                        "mpm_event",
                        "authz_core",
                        "proxy",
                        "proxy_http",
                        "proxy_balancer",
                        "lbmethod_byrequests",
                        "slotmem_shm",
                        "ssl",
                        "http2",
                        "socache_shmcb",
                        "unixd")
                .stream()
                .filter(module -> Files.exists(Path.of("/usr/lib/apache2/modules/mod_" + module + ".so")))
                .map(module -> "LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so".formatted(module, module))
                .collect(Collectors.joining("\n"));
        Path config = write(ground, "httpd.conf", """
                ServerRoot %1$s
                DefaultRuntimeDir %1$s
                PidFile %1$s/pid
                ErrorLog %1$s/error.log
                LogLevel crit
                ServerName localhost
                %2$s
                Listen 127.0.0.1:%3$d
                Listen 127.0.0.1:%4$d https
                ListenBacklog 8192
                StartServers 2
                ServerLimit 60
                ThreadLimit 100
                ThreadsPerChild 100
                MaxRequestWorkers 6000
                MinSpareThreads 100
                MaxSpareThreads 6000
                KeepAlive On
                KeepAliveTimeout 300
                MaxKeepAliveRequests 0
                Protocols h2 http/1.1
                SSLSessionCache shmcb:%1$s/cache(512000)
                %5$s
                <VirtualHost *:%4$d>
                SSLEngine on
                SSLProtocol -all +TLSv1.2 +TLSv1.3
                SSLCertificateFile %6$s
                SSLCertificateKeyFile %7$s
                ProxyPassInherit On
                </VirtualHost>
                """.formatted(
                        home, modules, port, tls, balancers(ground, "byrequests"), ground.certificate(), ground.key()));
        return Peer.start(
                name, ground, List.of("/usr/sbin/apache2", "-DFOREGROUND", "-f", config.toString()), port, tls, false);
    }

    private static Path write(Ground ground, String name, String text) throws IOException {
        Path file = ground.folder().resolve(name);
        Files.writeString(file, text);
        return file;
    }
}
