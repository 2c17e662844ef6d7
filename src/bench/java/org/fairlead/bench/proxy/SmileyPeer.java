package org.fairlead.bench.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.http.HttpHost;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.mitre.dsmiley.httpproxy.ProxyServlet;

/** Smiley's servlet as it comes, on the same Tomcat as ours, with a pool that is large enough and a turn by request. */
final class SmileyPeer {
    private SmileyPeer() {}

    public static void main(String[] arguments) throws Exception {
        Doors doors = Doors.of(arguments);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("smiley").toString());
        Connector plain = new Connector("HTTP/1.1");
        plain.setPort(doors.port());
        tune(plain);
        tomcat.setConnector(plain);
        Connector tls = new Connector("HTTP/1.1");
        tls.setPort(doors.tlsPort());
        tune(tls);
        tls.setSecure(true);
        tls.setScheme("https");
        tls.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(doors.keystore().toString());
        certificate.setCertificateKeystorePassword(Doors.PASSWORD);
        host.addCertificate(certificate);
        tls.addSslHostConfig(host);
        tls.addUpgradeProtocol(new org.apache.coyote.http2.Http2Protocol());
        tomcat.getService().addConnector(tls);
        Context context = tomcat.addContext("", null);
        doors.routes().forEach((path, members) -> {
            Wrapper wrapper = Tomcat.addServlet(context, "proxy" + path.replace('/', '-'), new Balanced(members));
            wrapper.addInitParameter("targetUri", members.get(0).toString());
            wrapper.addInitParameter("http.maxConnections", "6000");
            wrapper.addInitParameter("log", "false");
            context.addServletMapping(path + "*", wrapper.getName());
        });
        tomcat.start();
        tomcat.getServer().await();
    }

    private static void tune(Connector connector) {
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("keepAliveTimeout", "300000");
        connector.setProperty("maxThreads", "6000");
        connector.setProperty("maxConnections", "20000");
        connector.setProperty("acceptCount", "8192");
    }

    private static final class Balanced extends ProxyServlet {
        private static final long serialVersionUID = 1;
        private final transient List<URI> members;
        private final AtomicInteger turn = new AtomicInteger();

        Balanced(List<URI> members) {
            this.members = members;
        }

        @Override
        protected HttpHost getTargetHost(HttpServletRequest request) {
            URI member = members.get(Math.floorMod(turn.getAndIncrement(), members.size()));
            return new HttpHost(member.getHost(), member.getPort(), member.getScheme());
        }

        @Override
        protected HttpClientBuilder getHttpClientBuilder() {
            return super.getHttpClientBuilder().setMaxConnPerRoute(6_000);
        }
    }
}
