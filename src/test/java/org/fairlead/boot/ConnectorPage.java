package org.fairlead.boot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.ReadTimeout;
import org.fairlead.model.ServerConfig;
import org.w3c.dom.Element;

/**
 * The manual's page of connector settings: httpd's directives beside Tomcat's attributes. Defaults are read from the
 * code, values from {@code tomcat-conf/}.
 */
record ConnectorPage(ServerXml server, ServerXml context) {
    private static final ServerConfig D = ServerConfig.DEFAULTS;
    private static final String NOTHING = "";

    /** What the jar says otherwise than {@code server.xml}, by the test's names, and why. */
    static final Map<String, String> MEANT = new TreeMap<>(Map.of(
            "Http11NioProtocol.relaxedPathChars",
            "The jar takes every character that is no URL's and percent-encodes it towards members; Tomcat has to be told"
                    + " which.",
            "Http11NioProtocol.relaxedQueryChars",
            "The same in queries, which go to members byte for byte.",
            "Http2Protocol.maxHeaderCount",
            "The jar reads somewhat more than `LimitRequestFields` allows, to answer 431 where Tomcat resets the stream.",
            "Http2Protocol.maxHeaderSize",
            "The same for the length of a head: 414 or 431.",
            "Connector.allowBackslash",
            "The jar takes a raw backslash as a byte that no path may hold, and percent-encodes it towards members as httpd"
                    + " does; Tomcat would read it as a slash, so `server.xml` has it refused.",
            "Connector.uRIEncoding",
            "The jar reads targets byte for byte; Tomcat decodes paths for the mapping of servlets, in UTF-8.",
            "Connector.protocol",
            "The jar's protocol is Tomcat's with what no attribute can say: the time that a whole head may take"
                    + " (`RequestReadTimeout header=20-40,MinRate=500`; in Tomcat each silence is limited, not the"
                    + " sum), and trailers of requests by rule (in Tomcat those that `allowedTrailerHeaders` names, by"
                    + " default none).",
            "Http11NioProtocol.maxHttpResponseHeaderSize",
            "The jar sends a head of any length, and what members may send is limited where it is read; Tomcat's own"
                    + " limit is set to what a member may send (64 KiB) and rules may add.",
            "SSLHostConfig.ciphers",
            "The jar reads `SSLCipherSuite` itself, past Tomcat's attribute; without it and in `server.xml` TLS 1.2 has"
                    + " forward secrecy and AEAD only."));

    /** What is different only where the JDK has virtual threads. */
    static final Map<String, String> MEANT_OF_THREADS = new TreeMap<>(Map.of(
            "Http11NioProtocol.maxThreads",
            "The jar has threads of its own: a few platform threads that stay warm, and when members are slow others, on"
                    + " JDK 21 and newer virtual ones. Tomcat's `useVirtualThreads` has only virtual ones, which some of Tomcat's waits"
                    + " hold to their carriers before JDK 24; so `setenv.sh` sets it from 24 on."));

    /** Properties of Tomcat's own pool, which say nothing where the connector is given threads. */
    static final Set<String> OF_TOMCATS_POOL = Set.of(
            "Http11NioProtocol.maxQueueSize", "Http11NioProtocol.minSpareThreads", "Http11NioProtocol.threadPriority");

    /**
     * One line of the table.
     *
     * @param ours the default, in the directive's words
     * @param element of {@code server.xml}; empty = there is none
     * @param attribute of that element; empty = the element itself says it
     */
    private record Row(String directive, String ours, String element, String attribute) {}

    static ConnectorPage read() throws Exception {
        return new ConnectorPage(ServerXml.read(), ServerXml.read("context.xml"));
    }

    private static List<Row> rows() {
        return List.of(
                new Row("Listen", "8080", "Connector", "port"),
                new Row("Listen", "all addresses", "Connector", "address"),
                new Row("ListenBacklog", D.listenBacklog() + "", "Connector", "acceptCount"),
                new Row("Protocols", protocols(), "UpgradeProtocol", "className"),
                new Row("Timeout", seconds(D.timeout()), "Connector", "connectionUploadTimeout"),
                new Row("Timeout", seconds(D.timeout()), "UpgradeProtocol", "streamReadTimeout"),
                new Row("Timeout", seconds(D.timeout()), "UpgradeProtocol", "streamWriteTimeout"),
                new Row("Timeout", seconds(D.timeout()), "UpgradeProtocol", "writeTimeout"),
                new Row("RequestReadTimeout", "header=" + rate(D.headTimeout()), "Connector", "connectionTimeout"),
                new Row("KeepAlive", onOff(D.keepAlive()), "Connector", "maxKeepAliveRequests"),
                new Row("KeepAliveTimeout", seconds(D.keepAliveTimeout()), "Connector", "keepAliveTimeout"),
                new Row("KeepAliveTimeout", seconds(D.keepAliveTimeout()), "UpgradeProtocol", "keepAliveTimeout"),
                new Row("MaxKeepAliveRequests", D.maxKeepAliveRequests() + "", "Connector", "maxKeepAliveRequests"),
                new Row("MaxRequestWorkers", "400, or MaxConnections with virtual threads", "Connector", "maxThreads"),
                new Row("MaxConnections", D.maxConnections() + "", "Connector", "maxConnections"),
                new Row("MaxConnectionsPerChild", D.maxConnectionsPerChild() + "", NOTHING, NOTHING),
                new Row("LimitRequestLine", D.limitRequestLine() + "", "Connector", "maxHttpRequestHeaderSize"),
                new Row(
                        "LimitRequestFieldSize",
                        D.limitRequestFieldSize() + "",
                        "Connector",
                        "maxHttpRequestHeaderSize"),
                new Row("LimitRequestFields", D.limitRequestFields() + "", "Connector", "maxHeaderCount"),
                new Row("LimitRequestFields", D.limitRequestFields() + "", "UpgradeProtocol", "maxHeaderCount"),
                new Row(
                        "H2MaxSessionStreams",
                        D.http2().maxSessionStreams() + "",
                        "UpgradeProtocol",
                        "maxConcurrentStreams"),
                new Row("AllowEncodedSlashes", "passed on", "Connector", "encodedSolidusHandling"),
                new Row("TraceEnable", onOff(D.traceEnabled()), "Connector", "allowTrace"),
                new Row("SSLEngine", "off", "Connector", "SSLEnabled"),
                new Row("SSLProtocol", "TLSv1.2 TLSv1.3", "SSLHostConfig", "protocols"),
                new Row("SSLCipherSuite", "HIGH:!aNULL:!eNULL:!kRSA:!CBC", "SSLHostConfig", "ciphers"),
                new Row("SSLHonorCipherOrder", "off", "SSLHostConfig", "honorCipherOrder"),
                new Row("SSLVerifyClient", "none", "SSLHostConfig", "certificateVerification"),
                new Row("SSLCertificateFile", "", "Certificate", "certificateFile"),
                new Row("SSLCertificateKeyFile", "", "Certificate", "certificateKeyFile"),
                new Row("SSLCertificateChainFile", "in the certificate's file", NOTHING, NOTHING),
                new Row(
                        "GracefulShutdownTimeout",
                        seconds(D.gracefulShutdownTimeout()),
                        "Service",
                        "gracefulStopAwaitMillis"),
                new Row("GracefulShutdownTimeout", seconds(D.gracefulShutdownTimeout()), "Context", "unloadDelay"),
                new Row("HostnameLookups", "Off", "Connector", "enableLookups"),
                new Row("ServerTokens", "no Server field of our own", NOTHING, NOTHING));
    }

    /** HTTP/1.1 is always spoken and stands last, as the directive is usually written. */
    private static String protocols() {
        return ListenerConfig.DEFAULT_PROTOCOLS.stream()
                .filter(name -> !name.equals("http/1.1"))
                .sorted()
                .collect(Collectors.joining(" ", "", " http/1.1"));
    }

    private static String rate(ReadTimeout limit) {
        return limit.start().toSeconds() + "-" + limit.longest().toSeconds() + ",MinRate=" + limit.minRate();
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + "";
    }

    private static String onOff(boolean on) {
        return on ? "On" : "Off";
    }

    String text() {
        StringBuilder page = new StringBuilder("""
                # Connector settings: httpd, Fairlead, Tomcat

                The executable jar opens listeners as the directives say; in a Tomcat of your own they are connectors of
                its `server.xml`. `tomcat-conf/server.xml` says all of it, with the values that the jar has by default.
                A test compares the two property by property, and makes this page.

                Times are in seconds for httpd and in milliseconds for Tomcat. What is a `${property}` in `server.xml` is
                shown with its default; `setenv.sh` sets it.

                | directive | Fairlead's default | in Tomcat | `tomcat-conf/` says |
                |---|---|---|---|
                """);
        for (Row row : rows()) {
            page.append("| `%s` | %s | %s | %s |\n".formatted(row.directive(), row.ours(), place(row), value(row)));
        }
        page.append("""

                `KeepAlive Off` is `maxKeepAliveRequests="1"`; httpd's 0 for "no limit" is Tomcat's -1. Tomcat limits a
                head as a whole: line and fields together have room for a longest line and three longest fields.
                `RequestReadTimeout body=`, `Timeout` towards members and all that is about routes is Fairlead's own in
                every container, and stands in `fairlead.conf`.

                With `SSLVerifyClient require` (`required`; `optional`; `optional_no_ca` is `optionalNoCA`) go
                `truststoreFile` with the authorities, `certificateVerificationDepth` (`SSLVerifyDepth` less one) and
                `certificateRevocationListFile` of &lt;SSLHostConfig>. `SSLPassPhraseDialog file:` is
                `certificateKeyPasswordFile` of &lt;Certificate>.

                ## Without a directive

                | attribute | value | why |
                |---|---|---|
                """);
        page.append(plain("relaxedPathChars", "httpd takes these characters unencoded, and browsers send them"));
        page.append(plain("relaxedQueryChars", "likewise"));
        page.append(plain("encodedReverseSolidusHandling", "`%5C` is for the member to judge"));
        page.append(plain(
                "continueResponseTiming",
                "a client that waits with `Expect: 100-continue` goes on when a member is there to take its body"));
        page.append(plain("bindOnInit", "the port opens when Fairlead is ready, and closes first when it is to stop"));
        page.append(plain("disableUploadTimeout", "else `connectionUploadTimeout` has no effect"));
        page.append(plain("useSendfile", "nothing is sent from files"));
        page.append(plain("compression", "answers are the members'"));
        page.append(plain("xpoweredBy", "no word about what runs here"));
        page.append("""

                ## What differs from the jar, and why

                """);
        MEANT.forEach((name, reason) -> page.append("- " + reason + "\n"));
        MEANT_OF_THREADS.forEach((name, reason) -> page.append("- " + reason + "\n"));
        page.append("- `MaxConnectionsPerChild`: a container's process is not Fairlead's to end.\n");
        return page.toString();
    }

    private String plain(String attribute, String why) {
        return "| `%s` | %s | %s |\n".formatted(attribute, code(of("Connector", attribute)), why);
    }

    private static String place(Row row) {
        if (row.element().isEmpty()) {
            return "nothing";
        }
        String element = "&lt;" + row.element() + ">";
        return row.attribute().isEmpty() ? element : "`" + row.attribute() + "` of " + element;
    }

    private String value(Row row) {
        return row.element().isEmpty() ? "" : code(of(row.element(), row.attribute()));
    }

    private static String code(String text) {
        String fence = text.contains("`") ? "``" : "`";
        return fence + text.replace("|", "\\|") + fence;
    }

    /** What both connectors say, or "a, b" where they say two things. */
    private String of(String element, String attribute) {
        if (element.equals("Context")) {
            return ServerXml.attributes(context.root()).get(attribute);
        }
        List<String> said = server.elements(element).stream()
                .map((Element e) -> ServerXml.attributes(e).get(attribute))
                .filter(value -> value != null)
                .distinct()
                .toList();
        if (said.isEmpty()) {
            throw new AssertionError("server.xml says nothing about " + attribute + " of " + element);
        }
        return String.join(", ", said);
    }
}
