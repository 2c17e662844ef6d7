package org.fairlead.system;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** What tests of the listeners share: configurations in front of one member, certificates, and a client that trusts. */
final class FrontDoor {
    private static final Path CERTIFICATES =
            Path.of("src/test/resources/org/fairlead/config/tls").toAbsolutePath();

    private FrontDoor() {}

    /** One plain listener that passes all to a member, with more lines in front. */
    static String plain(int memberPort, String... lines) {
        return "Listen 127.0.0.1:0\n" + String.join("\n", lines) + "\nProxyPass / http://127.0.0.1:" + memberPort
                + "/\n";
    }

    /** The same with TLS and an RSA certificate. */
    static String secure(int memberPort, String... lines) {
        return plain(memberPort, lines) + certificate("rsa");
    }

    /** {@code rsa} or {@code ec}. */
    static String certificate(String kind) {
        return "SSLEngine on\nSSLCertificateFile " + CERTIFICATES.resolve(kind + ".crt") + "\nSSLCertificateKeyFile "
                + CERTIFICATES.resolve(kind + ".key") + "\n";
    }

    static SSLContext trustingAll() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trustingEverybody()}, new SecureRandom());
        return context;
    }

    static X509TrustManager trustingEverybody() {
        return new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {
                throw new IllegalStateException("not a client's");
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
                // Which certificate is shown is looked at by the test itself.
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
    }
}
