package org.fairlead.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.fairlead.boot.RunningHere;
import org.fairlead.config.ConfigException;

/**
 * A server that runs one site: httpd, or Fairlead in this process.
 *
 * @param plain the port without TLS; 0 if there is none
 * @param secure the port with TLS; 0 if there is none
 * @param configuration the file that it was started with; empty where it is not asked for
 */
record WildServer(
        String name,
        int plain,
        int secure,
        Map<String, String> places,
        AutoCloseable process,
        Optional<Path> configuration)
        implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    /** What Debian's httpd has at hand and the fixture does not load. */
    private static final String MODULES = """
            LoadModule authz_groupfile_module /usr/lib/apache2/modules/mod_authz_groupfile.so
            LoadModule deflate_module /usr/lib/apache2/modules/mod_deflate.so
            LoadModule expires_module /usr/lib/apache2/modules/mod_expires.so
            """;

    /** Returns a request's text with this server's ports in it. */
    String filled(WildRequest request) {
        Map<String, String> numbers = new LinkedHashMap<>(places);
        numbers.put("@HTTP@", plain + "");
        return WildSite.filled(request.text(), numbers);
    }

    static WildServer httpd(WildSite site, Map<String, String> members, Path files) {
        IllegalStateException taken = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int secure = Loopback.freePort();
            Map<String, String> places = places(members, files, "${PORT}", secure);
            String listen = site.isSecure() ? "Listen 127.0.0.1:" + secure + "\n" : "";
            try {
                Httpd httpd = Httpd.start(MODULES + listen + WildSite.filled(site.text(), places));
                return new WildServer("httpd", httpd.port(), secure, places, httpd, Optional.empty());
            } catch (IllegalStateException e) {
                if (!e.getMessage().contains("could not bind")) {
                    throw e;
                }
                taken = e;
            }
        }
        throw taken;
    }

    static WildServer fairlead(WildSite site, Map<String, String> members, Path files) throws ConfigException {
        RunningHere.PortTakenException taken = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int plain = Loopback.freePort();
            int secure = Loopback.freePort();
            Map<String, String> places = places(members, files, plain + "", secure);
            try {
                RunningHere fairlead = RunningHere.start(file(site, plain, secure, places));
                return new WildServer("fairlead", plain, secure, places, fairlead, Optional.empty());
            } catch (RunningHere.PortTakenException e) {
                taken = e;
            }
        }
        throw new IllegalStateException(taken);
    }

    /** The site in a process of its own, as its users start it. */
    static WildServer jar(WildSite site, Map<String, String> members, Path files) {
        int plain = Loopback.freePort();
        int secure = Loopback.freePort();
        Map<String, String> places = places(members, files, plain + "", secure);
        Path file = file(site, plain, secure, places);
        FairleadJar jar = FairleadJar.start("--config", file.toString());
        return new WildServer("jar", plain, secure, places, jar, Optional.of(file));
    }

    private static Path file(WildSite site, int plain, int secure, Map<String, String> places) {
        return Leftovers.file(
                site.name() + ".conf",
                "ServerName localhost\n"
                        + (site.isPlain() ? "Listen 127.0.0.1:" + plain + "\n" : "")
                        + (site.isSecure() ? "Listen 127.0.0.1:" + secure + "\n" : "")
                        + WildSite.filled(site.text(), places));
    }

    private static Map<String, String> places(Map<String, String> members, Path files, String plain, int secure) {
        Map<String, String> places = new LinkedHashMap<>(members);
        places.put("@FILES@", files.toString());
        places.put("@HTTP@", plain);
        places.put("@HTTPS@", secure + "");
        return places;
    }

    /** Returns the text with this server's ports and every folder and member's address put back into words. */
    String inWords(String text) {
        String words = text.replaceAll(":" + plain + "\\b", ":@HTTP@").replaceAll(":" + secure + "\\b", ":@HTTPS@");
        for (Map.Entry<String, String> place : places.entrySet()) {
            if (!place.getKey().contains("PORT") && !place.getKey().startsWith("@HTTP")) {
                words = words.replace(place.getValue(), place.getKey());
            }
        }
        return words;
    }

    @Override
    public void close() throws IOException {
        try {
            process.close();
        } catch (Exception e) {
            throw new IOException(name + " did not stop", e);
        }
    }
}
