package org.fairlead.upstream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.ajp.AjpNioProtocol;

/** A real Tomcat with an AJP connector on a free loopback port, and a servlet that tells what it has heard. */
public final class AjpTomcat implements AutoCloseable {
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector("AJP/1.3");

    /** Starts one that asks for this secret; empty = for none. */
    public AjpTomcat(String secret) throws Exception {
        this(secret, 0);
    }

    /** @param packetSize 0 = Tomcat's default */
    public AjpTomcat(String secret, int packetSize) throws Exception {
        File base = new File("target/ajp-tomcat");
        tomcat.setBaseDir(base.getPath());
        tomcat.setSilent(true);
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("allowedRequestAttributesPattern", ".*");
        connector.setProperty("tomcatAuthentication", "false");
        AjpNioProtocol protocol = (AjpNioProtocol) connector.getProtocolHandler();
        protocol.setSecretRequired(!secret.isEmpty());
        if (!secret.isEmpty()) {
            protocol.setSecret(secret);
        }
        if (packetSize > 0) {
            protocol.setPacketSize(packetSize);
        }
        connector.setAllowTrace(true);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "teller", new Teller()).addMapping("/*");
        tomcat.start();
    }

    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** What the path says: tells the request, echoes or counts its body, sends so many bytes, or answers a status. */
    private static final class Teller extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getRequestURI().replaceAll("^(/[a-z]*).*", "$1")) {
                case "/echo" -> echo(request, response);
                case "/count" -> count(request, response);
                case "/early" -> response.sendError(413);
                case "/send" -> send(Long.parseLong(request.getQueryString()), response);
                case "/status" -> status(Integer.parseInt(request.getQueryString()), response);
                default -> tell(request, response);
            }
        }

        private static void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] buffer = new byte[16_384];
            InputStream in = request.getInputStream();
            ServletOutputStream out = response.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
        }

        private static void count(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] buffer = new byte[65_536];
            InputStream in = request.getInputStream();
            long bytes = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
            }
            response.getWriter().print(bytes);
        }

        private static void send(long bytes, HttpServletResponse response) throws IOException {
            byte[] buffer = new byte[65_536];
            for (long left = bytes; left > 0; left -= buffer.length) {
                response.getOutputStream().write(buffer, 0, (int) Math.min(left, buffer.length));
            }
        }

        private static void status(int status, HttpServletResponse response) throws IOException {
            response.setStatus(status);
            response.setHeader("X-Served-By", "ajp");
            response.addHeader("Set-Cookie", "a=1");
            response.addHeader("Set-Cookie", "b=2");
            if (status == 302) {
                response.setHeader("Location", "http://inside.example/moved");
            }
        }

        private static void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            PrintWriter out = response.getWriter();
            out.println("line=" + request.getMethod() + " " + request.getRequestURI() + " " + request.getQueryString()
                    + " " + request.getProtocol());
            out.println("remote=" + request.getRemoteAddr() + ":" + request.getRemotePort());
            out.println("local=" + request.getLocalAddr() + ":" + request.getLocalPort());
            out.println(
                    "server=" + request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort());
            out.println("realm=" + request.getAttribute("Realm"));
            out.println("user=" + request.getRemoteUser() + "/" + request.getAuthType());
            for (String name : Collections.list(request.getHeaderNames())) {
                for (String value : Collections.list(request.getHeaders(name))) {
                    out.println("field " + name + "=" + value);
                }
            }
            for (String name : Collections.list(request.getAttributeNames())) {
                Object value = request.getAttribute(name);
                out.println("attribute " + name + "="
                        + (value instanceof X509Certificate[] chain ? chain[0].getSubjectX500Principal() : value));
            }
        }
    }
}
