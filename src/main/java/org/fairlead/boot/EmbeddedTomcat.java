package org.fairlead.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardService;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.JarResourceSet;
import org.apache.catalina.webresources.StandardRoot;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.fairlead.config.LoadedConfig;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.ServerConfig;

/**
 * Tomcat with the web application of {@code webapp/} and one connector a listener. The application starts before the
 * first connection is accepted.
 */
final class EmbeddedTomcat {
    private static final System.Logger LOG = System.getLogger(EmbeddedTomcat.class.getName());

    private final Tomcat tomcat;
    private final Path base;
    private final List<String> urls = new ArrayList<>();
    private volatile boolean stopping;

    /** A listener cannot be opened; the message names it and the reason. */
    static final class PortException extends Exception {
        PortException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private EmbeddedTomcat(Tomcat tomcat, Path base) {
        this.tomcat = tomcat;
        this.base = base;
    }

    /**
     * Starts everything and returns when connections are accepted.
     *
     * @param wornOut is run once, when {@code MaxConnectionsPerChild} connections were accepted
     */
    static EmbeddedTomcat start(LoadedConfig loaded, Runnable wornOut) throws PortException {
        EmbeddedTomcat embedded = new EmbeddedTomcat(new Tomcat(), temporaryFolder());
        try {
            embedded.startApplication(loaded);
            ServerConfig server = loaded.config().server();
            Connectors connectors =
                    new Connectors(server, new ConnectionCount(server.maxConnectionsPerChild(), wornOut)::accepted);
            for (ListenerConfig listener : loaded.config().listeners()) {
                embedded.open(listener, connectors);
            }
        } catch (PortException | RuntimeException e) {
            embedded.stop();
            throw e;
        }
        return embedded;
    }

    /** Where it listens, in configuration order, with the ports really bound. */
    List<String> urls() {
        return List.copyOf(urls);
    }

    private void startApplication(LoadedConfig loaded) {
        tomcat.setBaseDir(base.toString());
        ((StandardService) tomcat.getService())
                .setGracefulStopAwaitMillis(gracefulMillis(loaded.config().server()));
        tomcat.getHost().setAutoDeploy(false);
        StandardContext context = new StandardContext();
        context.setName("");
        context.setPath("");
        // Tomcat wants a folder; everything there is comes from the resource set below.
        context.setDocBase(emptyFolder().toString());
        // What a web application may leave behind matters to a container that goes on, not to a process that ends.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        context.setParentClassLoader(EmbeddedTomcat.class.getClassLoader());
        WebappLoader loader = new WebappLoader();
        loader.setDelegate(true);
        context.setLoader(loader);
        context.setResources(resources(context));
        context.getPipeline().addValve(new ServletSupportValve());
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        scanner.setScanManifest(false);
        context.setJarScanner(scanner);
        ContextConfig webXml = new ContextConfig();
        webXml.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        context.addLifecycleListener(webXml);
        tomcat.getHost().addChild(context);
        // The servlet finds the configuration here instead of reading the file a second time.
        context.getServletContext().setAttribute(LoadedConfig.class.getName(), loaded);
        // Answers that are on their way by then tell their clients not to come again on this connection.
        context.getServletContext().setAttribute("org.fairlead.stopping", (BooleanSupplier) () -> stopping);
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException("the web application does not start", e);
        }
        if (context.getState() != LifecycleState.STARTED) {
            throw new IllegalStateException("the web application does not start: see the log");
        }
    }

    /** 0 is httpd's word for waiting for ever, and Tomcat's for not at all. */
    private static long gracefulMillis(ServerConfig server) {
        return server.gracefulShutdownTimeout().isZero()
                ? Long.MAX_VALUE
                : server.gracefulShutdownTimeout().toMillis();
    }

    /** The folder {@code webapp/}: inside the jar, or beside the classes when they were not packed. */
    private static WebResourceRoot resources(StandardContext context) {
        StandardRoot root = new StandardRoot(context);
        URL webXml = EmbeddedTomcat.class.getResource("/webapp/WEB-INF/web.xml");
        if (webXml == null) {
            throw new IllegalStateException("webapp/WEB-INF/web.xml is not on the class path");
        }
        try {
            if (webXml.getProtocol().equals("jar")) {
                Path jar = Path.of(EmbeddedTomcat.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                root.addPreResources(new JarResourceSet(root, "/", jar.toString(), "/webapp"));
            } else {
                Path folder = Path.of(webXml.toURI()).getParent().getParent();
                root.addPreResources(new DirResourceSet(root, "/", folder.toString(), "/"));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the web application's place is no path: " + webXml, e);
        }
        return root;
    }

    private void open(ListenerConfig listener, Connectors connectors) throws PortException {
        Connector connector = connectors.open(listener);
        String place = place(listener, listener.port());
        try {
            // By itself Tomcat logs what goes wrong and goes on without the connector.
            connector.setThrowOnFailure(true);
            connector.setService(tomcat.getService());
            connector.init();
            tomcat.getService().addConnector(connector);
        } catch (LifecycleException | IllegalArgumentException e) {
            throw new PortException("cannot listen on " + place + ": " + rootMessage(e), e);
        }
        urls.add(place(listener, connector.getLocalPort()));
    }

    private static String place(ListenerConfig listener, int port) {
        String address = listener.address().isEmpty() ? "127.0.0.1" : listener.address();
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return (listener.isSecure() ? "https://" : "http://") + host + ":" + port;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    /** Stops accepting, lets running requests finish until their deadline, and removes what was put on disk. */
    void stop() {
        stopping = true;
        for (Connector connector : tomcat.getService().findConnectors()) {
            connector.getProtocolHandler().closeServerSocketGraceful();
            if (connector.getProtocolHandler() instanceof FrontProtocol front) {
                front.closeIdle();
            }
        }
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            LOG.log(System.Logger.Level.WARNING, "Tomcat did not stop in order", e);
        }
        try (Stream<Path> files = Files.walk(base)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot remove " + base, e);
        }
    }

    private Path emptyFolder() {
        try {
            return Files.createDirectory(base.resolve("webapp"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + base, e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("fairlead-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder", e);
        }
    }
}
