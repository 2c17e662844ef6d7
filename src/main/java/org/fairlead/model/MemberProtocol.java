package org.fairlead.model;

/**
 * The protocol that a member speaks, as the scheme of its URL names it. What an upstream makes of it is the upstream's
 * affair; others ask for the properties here.
 */
public enum MemberProtocol {
    /** {@code http://} and {@code ws://}. */
    HTTP("http", 80, false, false),
    /** {@code https://} and {@code wss://}: HTTP under TLS. */
    HTTPS("https", 443, true, false),
    /** {@code ajp://}: AJP 1.3, as in mod_proxy_ajp. */
    AJP("ajp", 8009, false, true);

    private final String scheme;
    private final int standardPort;
    private final boolean secure;
    private final boolean carriesClient;

    MemberProtocol(String scheme, int standardPort, boolean secure, boolean carriesClient) {
        this.scheme = scheme;
        this.standardPort = standardPort;
        this.secure = secure;
        this.carriesClient = carriesClient;
    }

    /** The scheme in messages and in the console. */
    public String scheme() {
        return scheme;
    }

    /** The port of a URL that names none. */
    public int standardPort() {
        return standardPort;
    }

    /** Whether connections are made under TLS. */
    public boolean isSecure() {
        return secure;
    }

    /**
     * Whether each request says beside its fields which client it comes from, over which connection and to which host.
     * Then {@code Host} stays the client's, and no {@code X-Forwarded-} field is added, as in mod_proxy_ajp.
     */
    public boolean carriesClient() {
        return carriesClient;
    }
}
