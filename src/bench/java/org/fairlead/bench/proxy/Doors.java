package org.fairlead.bench.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What the peers on the JVM are told on their command line: {@code PORT TLS-PORT KEYSTORE PATH=URL,URL…}.
 *
 * @param routes paths with a slash at the end, the more special ones first
 */
record Doors(int port, int tlsPort, Path keystore, Map<String, List<URI>> routes) {
    static final String PASSWORD = "benchmark";

    static Doors of(String[] arguments) {
        Map<String, List<URI>> routes = new LinkedHashMap<>();
        for (int i = 3; i < arguments.length; i++) {
            String[] parts = arguments[i].split("=", 2);
            routes.put(parts[0], Stream.of(parts[1].split(",")).map(URI::create).toList());
        }
        return new Doors(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]), routes);
    }

    SSLContext tls() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
