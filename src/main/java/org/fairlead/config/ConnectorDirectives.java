package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The directives that are up to the container, and their equivalents in Tomcat's {@code server.xml}. */
final class ConnectorDirectives {
    private static final String HOST_CONFIG = " of <SSLHostConfig>";
    private static final String CERTIFICATE = " of <SSLHostConfig><Certificate>";

    private static final String TRUST = "truststoreFile" + HOST_CONFIG + ", made by keytool -importcert";

    private static final Map<String, String> SERVER_XML = Map.ofEntries(
            Map.entry("listen", "port and address of a <Connector>"),
            Map.entry("protocols", "<UpgradeProtocol className=\"org.apache.coyote.http2.Http2Protocol\"/>"),
            Map.entry(
                    "remoteipproxyprotocol",
                    "nothing: Tomcat reads no PROXY header; let the balancer add X-Forwarded-For, and name it with"
                            + " RemoteIPInternalProxy"),
            Map.entry("remoteipproxyprotocolexceptions", "nothing, as RemoteIPProxyProtocol"),
            Map.entry("listenbacklog", "acceptCount"),
            Map.entry("sslengine", "SSLEnabled=\"true\" and an <SSLHostConfig>"),
            Map.entry("sslcertificatefile", "certificateFile" + CERTIFICATE),
            Map.entry("sslcertificatekeyfile", "certificateKeyFile" + CERTIFICATE),
            Map.entry("sslcertificatechainfile", "certificateChainFile" + CERTIFICATE),
            Map.entry("sslprotocol", "protocols" + HOST_CONFIG),
            Map.entry("sslciphersuite", "ciphers" + HOST_CONFIG),
            Map.entry("sslhonorcipherorder", "honorCipherOrder" + HOST_CONFIG),
            Map.entry(
                    "sslverifyclient",
                    "certificateVerification" + HOST_CONFIG + "; a client that it lets in is let in here too"),
            Map.entry("sslverifydepth", "certificateVerificationDepth" + HOST_CONFIG + ", one less"),
            Map.entry(
                    "sslsessiontickets", "nothing; system property jdk.tls.server.enableSessionTicketExtension=false"),
            Map.entry("sslusestapling", "nothing; system property jdk.tls.server.enableStatusRequestExtension=true"),
            Map.entry("sslcacertificatefile", TRUST),
            Map.entry("sslcacertificatepath", TRUST),
            Map.entry("sslcadnrequestfile", "nothing: all trusted authorities are named"),
            Map.entry("sslcarevocationfile", "certificateRevocationListFile" + HOST_CONFIG),
            Map.entry("sslcarevocationpath", "certificateRevocationListFile" + HOST_CONFIG + ", one file"),
            Map.entry("sslcarevocationcheck", "certificateRevocationListFile" + HOST_CONFIG + ", for the whole chain"),
            Map.entry("sslpassphrasedialog", "certificateKeyPasswordFile" + CERTIFICATE),
            Map.entry("keepalive", "maxKeepAliveRequests (1 is Off)"),
            Map.entry("keepalivetimeout", "keepAliveTimeout, in milliseconds"),
            Map.entry("maxkeepaliverequests", "maxKeepAliveRequests (-1 is unlimited)"),
            Map.entry("maxrequestworkers", "maxThreads"),
            Map.entry("maxconnections", "maxConnections"),
            Map.entry("limitrequestline", "maxHttpRequestHeaderSize, for line and fields together"),
            Map.entry("limitrequestfieldsize", "maxHttpRequestHeaderSize, for line and fields together"),
            Map.entry("limitrequestfields", "maxHeaderCount"),
            Map.entry("h2maxsessionstreams", "maxConcurrentStreams of <UpgradeProtocol>"),
            Map.entry("h2windowsize", "initialWindowSize of <UpgradeProtocol>"),
            Map.entry("h2streamtimeout", "streamReadTimeout and streamWriteTimeout of <UpgradeProtocol>"),
            Map.entry("allowencodedslashes", "encodedSolidusHandling (passthrough lets Fairlead decide)"),
            Map.entry("traceenable", "allowTrace"),
            Map.entry("maxconnectionsperchild", "nothing: a container's process is not ours to end"),
            Map.entry("gracefulshutdowntimeout", "unloadDelay of <Context>, in milliseconds"));

    private ConnectorDirectives() {}

    /** What a container decides, by the names of the directives in lower case, and how {@code server.xml} says it. */
    static Map<String, String> all() {
        return SERVER_XML;
    }

    static List<ConnectorDirective> of(Entry root) {
        List<ConnectorDirective> found = new ArrayList<>();
        collect(root, found);
        root.all("virtualhost").forEach(host -> collect(host, found));
        return found;
    }

    private static void collect(Entry scope, List<ConnectorDirective> found) {
        for (Entry entry : scope.entries()) {
            if (SERVER_XML.containsKey(entry.name())) {
                found.add(new ConnectorDirective(
                        entry.source(), entry.spelling(), entry.value(), SERVER_XML.get(entry.name())));
            }
        }
    }
}
