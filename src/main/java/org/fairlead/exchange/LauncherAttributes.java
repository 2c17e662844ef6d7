package org.fairlead.exchange;

/**
 * Under which names our own launcher and the servlet leave things for each other in attributes, beside the
 * {@link ContainerExtensions}: they meet nowhere else. In another container nobody leaves those of the launcher, and the servlet does
 * without.
 */
public final class LauncherAttributes {
    /** Of the servlet context, from the launcher: it says how requests end. Any value. */
    public static final String TELLS_ENDINGS = "org.fairlead.tellsEndings";

    /**
     * Of the servlet context, from the servlet: who is to hear of a request that was answered before the servlet saw it, a
     * {@code Supplier<Optional<BiConsumer<HttpServletRequest, Ending>>>}; empty while nobody is.
     */
    public static final String LOG_REFUSED = "org.fairlead.logRefused";

    /** Of a request, from the servlet: who is to hear how it ended, a {@code Consumer<Ending>}. */
    public static final String LOG_LATER = "org.fairlead.logLater";

    /** Of a request, from the launcher: its first line as it came, a {@code String}. */
    public static final String REQUEST_LINE = "org.fairlead.requestLine";

    /** Of a request, from the launcher: what its connection was made by, a {@link TlsAgreement}. */
    public static final String TLS_AGREEMENT = "org.fairlead.tlsAgreement";

    /** Of a request, from the launcher: what the client was shown, an {@code X509Certificate[]}, the host's own first. */
    public static final String TLS_SERVER_CHAIN = "org.fairlead.tlsServerChain";

    /** Of a request whose client has shown a certificate, from the launcher: {@code SSL_CLIENT_VERIFY}, a {@code String}. */
    public static final String TLS_VERDICT = "org.fairlead.tlsVerdict";

    private LauncherAttributes() {}
}
