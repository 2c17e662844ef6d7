package org.fairlead.exchange;

/**
 * Names of the attributes through which our own launcher and the servlet exchange objects, beside the
 * {@link ContainerExtensions}; they share nothing else. In another container the launcher's attributes are absent, and
 * the servlet works without them.
 */
public final class LauncherAttributes {
    /** Of the servlet context, from the launcher: any value means that it reports the completion of requests. */
    public static final String TELLS_ENDINGS = "org.fairlead.tellsEndings";

    /**
     * Of the servlet context, from the servlet: the listener for requests rejected before the servlet saw them,
     * a {@code Supplier<Optional<BiConsumer<HttpServletRequest, Completion>>>}; empty while there is none.
     */
    public static final String LOG_REFUSED = "org.fairlead.logRefused";

    /** Of a request, from the servlet: the listener for its completion, a {@code Consumer<Completion>}. */
    public static final String LOG_LATER = "org.fairlead.logLater";

    /** Of a request, from the launcher: its request line as received, a {@code String}. */
    public static final String REQUEST_LINE = "org.fairlead.requestLine";

    /** Of a request, from the launcher: the TLS settings of its connection, a {@link TlsAgreement}. */
    public static final String TLS_AGREEMENT = "org.fairlead.tlsAgreement";

    /** Of a request, from the launcher: the certificates sent, an {@code X509Certificate[]}, the host's own first. */
    public static final String TLS_SERVER_CHAIN = "org.fairlead.tlsServerChain";

    /** Of a request with a client certificate, from the launcher: {@code SSL_CLIENT_VERIFY}, a {@code String}. */
    public static final String TLS_VERDICT = "org.fairlead.tlsVerdict";

    private LauncherAttributes() {}
}
