package org.fairlead.boot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code --archive-classes FILE}: archives what the JDK learns of our classes while a proxy starts and serves, so that
 * later starts need not learn it again. It is class data sharing (JEP 350); from JDK 25 on the AOT cache (JEP 514). For
 * the file another process runs a while on 127.0.0.1, with two sample members. It is valid for this jar and this JDK
 * alone; the JDK starts without an archive that does not match.
 */
final class ClassArchive {
    private static final int FIRST_WITH_CACHE = 25;
    private static final int REQUESTS = 300;
    /** The members' responses, and one of our own. */
    private static final List<String> PATHS = List.of("/", "/headers", "/old");

    private static final long LAST_SECONDS = 60;

    private static final String LISTENING = "fairlead: listening on ";

    /** The archive cannot be made; the message says why. */
    static final class ArchiveException extends Exception {
        ArchiveException(String message) {
            super(message);
        }
    }

    private final Path file;
    private final boolean cache = Runtime.version().feature() >= FIRST_WITH_CACHE;

    ClassArchive(Path file) {
        this.file = file;
    }

    /** JVM option for later starts. */
    String option() {
        return (cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file;
    }

    /** Makes the archive and returns when it is complete. */
    void make() throws ArchiveException {
        try (SampleMembers members = SampleMembers.start()) {
            Files.deleteIfExists(file);
            Path config = Files.createTempFile("fairlead-", ".conf");
            try {
                Files.writeString(config, configuration(members.urls()));
                train(config);
            } finally {
                Files.delete(config);
            }
        } catch (IOException e) {
            throw new ArchiveException("cannot write " + file + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted");
        }
        if (!Files.exists(file)) {
            throw new ArchiveException("this JDK has written no " + file);
        }
    }

    /**
     * Configuration with the directives that many configurations have: classes not used here, each start has to load
     * anew.
     */
    private static String configuration(List<String> urls) {
        StringBuilder text = new StringBuilder("""
                Listen 127.0.0.1:0
                ServerName localhost
                Timeout 60
                ProxyPreserveHost On
                RequestHeader set X-Seen yes
                Header always set X-Answered yes
                Redirect permanent /old http://localhost/new
                RewriteEngine On
                RewriteCond %{HTTP_HOST} ^www\\.(.+)$
                RewriteRule ^/seen/(.*)$ /$1 [R=301,L]
                SetEnvIf User-Agent nobody unseen
                <Location />
                Require all granted
                </Location>
                <Location /inside>
                Require ip 127.0.0.1
                </Location>
                ProxyPass /old !
                ProxyPass /one http://127.0.0.1:1 timeout=5 retry=0
                ProxyPassReverse /one http://127.0.0.1:1
                <Proxy balancer://members>
                ProxySet stickysession=JSESSIONID lbmethod=byrequests
                """);
        urls.forEach(url -> text.append("BalancerMember %s route=r%d\n".formatted(url, urls.indexOf(url))));
        return text.append("</Proxy>\nProxyPass / balancer://members/\nProxyPassReverse / balancer://members/\n")
                .toString();
    }

    private void train(Path config) throws IOException, InterruptedException, ArchiveException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        (cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file,
                        "-jar",
                        jar().toString(),
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            use(url(output));
            // By its handle: Process.destroy would close the output, and the process could not log its end.
            process.toHandle().destroy();
            output.transferTo(Writer.nullWriter());
            if (!process.waitFor(LAST_SECONDS, TimeUnit.SECONDS)) {
                throw new ArchiveException("the JDK does not come to an end with " + file);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static String url(BufferedReader output) throws IOException, ArchiveException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(LISTENING)) {
                return line.substring(LISTENING.length());
            }
            said.append(line).append('\n');
        }
        throw new ArchiveException("the proxy did not start:\n" + said);
    }

    private static void use(String url) throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(url + PATHS.get(i % PATHS.size())).toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            connection.getInputStream().readAllBytes();
        }
    }

    private static Path jar() throws ArchiveException {
        try {
            Path place = Path.of(ClassArchive.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(place)) {
                return place;
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        throw new ArchiveException("only classes in a jar can be archived");
    }
}
