package org.fairlead.boot;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.core.StandardService;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.JarResourceSet;
import org.apache.catalina.webresources.StandardRoot;
import org.fairlead.config.LoadedConfig;
import org.fairlead.connector.CertificateReloader;
import org.fairlead.connector.Listeners;
import org.fairlead.connector.NoSessions;
import org.fairlead.connector.RefusalValve;
import org.fairlead.connector.RequestEndValve;
import org.fairlead.connector.TlsValve;
import org.fairlead.exchange.LauncherAttributes;
import org.fairlead.exchange.ReadinessNotifier;
import org.fairlead.runtime.ListenerControl;

/**
 * Embedded Tomcat with the web application of {@code webapp/} and one connector per listener. The application starts
 * before the first connection is accepted.
 */
final class EmbeddedTomcat {
    private static final System.Logger LOG = System.getLogger(EmbeddedTomcat.class.getName());

    private final Tomcat tomcat;
    private final Path base;
    private final Listeners listeners;
    private Optional<CertificateReloader> certificates = Optional.empty();

    private EmbeddedTomcat(Path base, Runnable wornOut) {
        this.base = base;
        TomcatBeans.prepare();
        this.tomcat = new Tomcat();
        // Before any other call: otherwise Tomcat makes a folder where the process was started, which may be read-only.
        tomcat.setBaseDir(base.toString());
        this.listeners = new Listeners(tomcat.getService(), wornOut);
    }

    /**
     * Starts everything and returns when connections are accepted.
     *
     * @param wornOut is run once, when {@code MaxConnectionsPerChild} connections were accepted
     * @throws Listeners.PortException if one listener cannot be opened
     */
    static EmbeddedTomcat start(LoadedConfig loaded, Runnable wornOut) throws Listeners.PortException {
        EmbeddedTomcat embedded = new EmbeddedTomcat(temporaryFolder(), wornOut);
        try {
            embedded.startApplication(loaded);
            embedded.listeners.start(loaded);
            embedded.certificates =
                    Optional.of(CertificateReloader.start(embedded.tomcat.getService()::findConnectors));
        } catch (Listeners.PortException | RuntimeException e) {
            embedded.stop();
            throw e;
        }
        return embedded;
    }

    /** URLs of the listeners, in configuration order, with the ports really bound. */
    List<String> urls() {
        return listeners.urls();
    }

    /** How long {@link #stop} waits for requests that run: {@code GracefulShutdownTimeout}. */
    Duration patience() {
        return listeners.patience();
    }

    /** Reads the configuration again, soon and on another thread. */
    void reload() {
        listeners.reload();
    }

    private void startApplication(LoadedConfig loaded) {
        prepareHost();
        StandardContext context = context();
        tomcat.getHost().addChild(context);
        ServletContext shared = context.getServletContext();
        tomcat.getHost().getPipeline().addValve(new RefusalValve(shared));
        // Otherwise the host adds Tomcat's own valve for error pages after it.
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass("");
        tomcat.getEngine().getPipeline().addValve(new RequestEndValve(shared));
        shared.setAttribute(LauncherAttributes.TELLS_ENDINGS, Boolean.TRUE);
        // The servlet finds the configuration here instead of reading the file a second time.
        shared.setAttribute(LoadedConfig.class.getName(), loaded);
        shared.setAttribute(ListenerControl.ATTRIBUTE, listeners);
        shared.setAttribute(ReadinessNotifier.ATTRIBUTE, listeners.readiness());
        start(context);
    }

    private void prepareHost() {
        // The listeners wait by themselves, and close idle connections meanwhile.
        ((StandardService) tomcat.getService()).setGracefulStopAwaitMillis(0);
        tomcat.getHost().setAutoDeploy(false);
    }

    private StandardContext context() {
        StandardContext context = new StandardContext();
        context.setName("");
        context.setPath("");
        // Tomcat requires a folder; all content comes from the resource set below.
        context.setDocBase(emptyFolder().toString());
        // What a web application may leave behind matters to a container that runs on, not to a process that ends.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        context.setParentClassLoader(EmbeddedTomcat.class.getClassLoader());
        WebappLoader loader = new WebappLoader();
        loader.setDelegate(true);
        context.setLoader(loader);
        context.setResources(resources(context));
        context.getPipeline().addValve(new TlsValve());
        context.setManager(new NoSessions());
        context.addLifecycleListener(new WebXml(webXml()));
        return context;
    }

    private void start(StandardContext context) {
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException("the web application does not start", e);
        }
        if (context.getState() != LifecycleState.STARTED) {
            throw new IllegalStateException("the web application does not start: see the log");
        }
    }

    private static URL webXml() {
        URL webXml = EmbeddedTomcat.class.getResource("/webapp/WEB-INF/web.xml");
        if (webXml == null) {
            throw new IllegalStateException("webapp/WEB-INF/web.xml is not on the class path");
        }
        return webXml;
    }

    /** The folder {@code webapp/}: inside the jar, or beside the classes when they were not packed. */
    private static WebResourceRoot resources(StandardContext context) {
        StandardRoot root = new StandardRoot(context) {
            @Override
            protected void processWebInfLib() {
                // There is none; to find that out, Tomcat lists the whole jar.
            }
        };
        URL webXml = webXml();
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

    /** Stops accepting, waits for running requests until their deadline, and removes what was put on disk. */
    void stop() {
        certificates.ifPresent(CertificateReloader::close);
        listeners.stop();
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
