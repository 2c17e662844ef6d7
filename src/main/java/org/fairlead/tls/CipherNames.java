package org.fairlead.tls;

/** OpenSSL's names of cipher suites, as {@code SSL_CIPHER} and cipher lists have them. */
public final class CipherNames {
    private static final String WITH = "_WITH_";

    private CipherNames() {}

    /**
     * Returns OpenSSL's name for the JDK's: {@code TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256} is {@code
     * ECDHE-RSA-AES128-SHA256}. Suites of TLS 1.3 are called the same in both.
     */
    public static String openSsl(String suite) {
        int with = suite.indexOf(WITH);
        if (with < 0 || !suite.startsWith("TLS_") && !suite.startsWith("SSL_")) {
            return suite;
        }
        String exchange = suite.substring(4, with)
                .replace('_', '-')
                .replace("ECDH-anon", "AECDH")
                .replace("DH-anon", "ADH");
        String cipher = suite.substring(with + WITH.length());
        if (cipher.equals("CHACHA20_POLY1305_SHA256")) {
            cipher = "CHACHA20_POLY1305";
        }
        cipher = cipher.replace("3DES_EDE_CBC", "DES-CBC3")
                .replace("AES_128", "AES128")
                .replace("AES_256", "AES256")
                .replace("_CBC", "")
                .replace('_', '-');
        return exchange.equals("RSA") ? cipher : exchange + "-" + cipher;
    }
}
