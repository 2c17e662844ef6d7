package org.fairlead.servlet;

import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Locator of a web application's configuration file: the first place that names one wins. */
final class ConfigLocator {
    static final String PROPERTY = "fairlead.config";
    static final String VARIABLE = "FAIRLEAD_CONFIG";

    private final ServletContext context;
    private final Optional<String> initParam;
    private final Function<String, String> properties;
    private final Map<String, String> variables;
    private final Path etc;

    /** @param initParam file named by the servlet's own init-param, which comes before everything else */
    ConfigLocator(ServletContext context, Optional<String> initParam) {
        this(context, initParam, System::getProperty, System.getenv(), Path.of("/etc/fairlead"));
    }

    ConfigLocator(
            ServletContext context,
            Optional<String> initParam,
            Function<String, String> properties,
            Map<String, String> variables,
            Path etc) {
        this.context = context;
        this.initParam = initParam;
        this.properties = properties;
        this.variables = variables;
        this.etc = etc;
    }

    /**
     * Configuration file and the place that names it.
     *
     * @param origin in words, for the log
     */
    record Found(Path file, String origin) {}

    /**
     * Searches for the file; empty if no place names one and the default paths have none. A named file need not exist.
     */
    Optional<Found> find() {
        return Stream.<Supplier<Optional<Found>>>of(
                        () -> named(initParam.orElse(null), "init-param " + PROPERTY),
                        () -> named(properties.apply(PROPERTY), "system property " + PROPERTY),
                        () -> named(variables.get(VARIABLE), "environment variable " + VARIABLE),
                        () -> named(fromNaming(), "JNDI java:comp/env/" + PROPERTY),
                        () -> named(context.getInitParameter(PROPERTY), "context parameter " + PROPERTY),
                        this::inUsualPlaces)
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The places in words, for a client that gets 503 because there is no configuration. */
    static String places() {
        return String.join(
                ", ",
                List.of(
                        "init-param " + PROPERTY,
                        "system property " + PROPERTY,
                        "environment variable " + VARIABLE,
                        "JNDI java:comp/env/" + PROPERTY,
                        "context parameter " + PROPERTY,
                        "${catalina.base}/conf/fairlead.conf or fairlead.yaml",
                        "/etc/fairlead/fairlead.conf or fairlead.yaml"));
    }

    private static Optional<Found> named(String path, String origin) {
        return path == null || path.isBlank() ? Optional.empty() : Optional.of(new Found(Path.of(path), origin));
    }

    private static String fromNaming() {
        try {
            Object value = new InitialContext().lookup("java:comp/env/" + PROPERTY);
            return value == null ? null : value.toString();
        } catch (NamingException e) {
            // No value is bound there, or this container has no naming: the next place is tried.
            return null;
        }
    }

    private Optional<Found> inUsualPlaces() {
        Stream<Path> folders = Stream.concat(
                Optional.ofNullable(properties.apply("catalina.base")).stream().map(base -> Path.of(base, "conf")),
                Stream.of(etc));
        return folders.flatMap(
                        folder -> Stream.of("fairlead.conf", "fairlead.yaml").map(folder::resolve))
                .filter(Files::exists)
                .findFirst()
                .map(file -> new Found(file, "found there"));
    }
}
