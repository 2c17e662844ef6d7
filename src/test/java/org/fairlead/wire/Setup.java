package org.fairlead.wire;

/** The configurations that the cases run under; {@code %A} and {@code %B} are the members' ports. */
enum Setup {
    /** One member, and upgrades allowed below {@code /ws/} and {@code /any/}. */
    PLAIN("""
            ProxyPass /ws/ http://127.0.0.1:%A/ws/ nocanon retry=0 timeout=2 upgrade=websocket
            ProxyPass /any/ http://127.0.0.1:%A/any/ nocanon retry=0 timeout=2 upgrade=ANY
            ProxyPass / http://127.0.0.1:%A/ nocanon retry=0 timeout=1
            """),
    /** The client's Host goes on, Via is written, and the client is a trusted proxy. */
    PRESERVING("""
            ProxyPreserveHost On
            ProxyVia On
            RemoteIPHeader X-Client-IP
            RemoteIPInternalProxy 127.0.0.1
            ProxyPass / http://127.0.0.1:%A/ nocanon retry=0 timeout=1
            """),
    /** Small limits, and Via is passed on as it came. */
    LIMITED("""
            ProxyVia Off
            LimitRequestLine 1000
            LimitRequestFieldSize 500
            LimitRequestFields 20
            LimitRequestBody 10000
            ProxyPass / http://127.0.0.1:%A/ nocanon retry=0 timeout=1
            """),
    /**
     * Two members behind one name; the second one only if the first is not usable. And the same with sessions, where the
     * second one is switched off.
     */
    BALANCED("""
            <Proxy balancer://pair>
            BalancerMember http://127.0.0.1:%A retry=0 timeout=1
            BalancerMember http://127.0.0.1:%B retry=0 timeout=1 status=+H
            </Proxy>
            <Proxy balancer://sessions>
            BalancerMember http://127.0.0.1:%A/s route=a retry=0 timeout=1
            BalancerMember http://127.0.0.1:%B/s route=b retry=0 timeout=1 status=+D
            ProxySet stickysession=SID|sid
            </Proxy>
            ProxyPass /s/ balancer://sessions/ nocanon
            ProxyPass / balancer://pair/ nocanon
            ProxyPassReverse / balancer://pair/
            """),
    /** A part of the paths only, with an exclusion in it and a rule that rewrites; and members see no Via. */
    ROUTED("""
            ProxyVia Block
            ProxyPass /after http://127.0.0.1:%A/after retry=0
            ProxyPass /probe http://127.0.0.1:%A/probe retry=0
            ProxyPass /app/private/ !
            ProxyPass /app/ http://127.0.0.1:%A/site/ nocanon retry=0 timeout=1
            ProxyPassMatch ^/id/([^/]+)$ http://127.0.0.1:%A/get/$1
            """);

    private final String text;

    Setup(String text) {
        this.text = text;
    }

    String configuration(int portOfA, int portOfB) {
        String common = "ServerName proxy.example\nTimeout 3\nKeepAliveTimeout 20\nMaxKeepAliveRequests 0\n"
                + "AllowEncodedSlashes NoDecode\n";
        return (common + text).replace("%A", portOfA + "").replace("%B", portOfB + "");
    }
}
