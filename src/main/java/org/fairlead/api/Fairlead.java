package org.fairlead.api;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.config.Problem;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.model.ProxyConfig;
import org.fairlead.operations.Operations;

/**
 * A proxy that an application embeds: a configuration that was found right, and the operations of the servlet that runs
 * it. Give it to one {@code BalancerServlet}; the proxy runs from the servlet's {@code init} to its {@code destroy}.
 * Thread-safe.
 */
public final class Fairlead {
    private LoadedConfig configuration;
    private Optional<Running> running = Optional.empty();
    private Supplier<ExchangeObserver> observer = () -> ExchangeObserver.NONE;

    private record Running(Operations operations, Consumer<ProxyConfig> replacement) {}

    /** Reads a text, or a file. */
    private interface Source {
        LoadedConfig read(ConfigLoader loader) throws ConfigException;
    }

    private Fairlead(LoadedConfig configuration) {
        this.configuration = configuration;
    }

    /**
     * Reads httpd's directives, such as {@code ProxyPass}.
     *
     * @throws InvalidConfigurationException with every problem
     */
    public static Fairlead httpd(String text) {
        return read(loader -> loader.load(text, "conf", "Fairlead.httpd"), Problem::toString);
    }

    /**
     * Reads the native format in YAML.
     *
     * @throws InvalidConfigurationException with every problem
     */
    public static Fairlead yaml(String text) {
        return read(loader -> loader.load(text, "yaml", "Fairlead.yaml"), Problem::toString);
    }

    /**
     * Reads the native format in JSON, for a text that something else was written as.
     *
     * @param places where a line of the text, counted from 1, comes from; messages name that
     * @throws InvalidConfigurationException with every problem
     */
    public static Fairlead json(String text, IntFunction<String> places) {
        return read(
                loader -> loader.load(text, "json", "Fairlead.json"),
                problem -> places.apply(problem.source().line()) + ": " + problem.text());
    }

    /**
     * Reads a file, whose ending tells its format; the servlet watches it as one that it finds itself.
     *
     * @throws InvalidConfigurationException with every problem
     */
    public static Fairlead file(Path file) {
        return read(loader -> loader.load(file), Problem::toString);
    }

    /** Begins a balancer, {@code balancer://NAME}. */
    public static BalancerBuilder balancer(String name) {
        return new BalancerBuilder(name);
    }

    /** Lines of the text that code has made mean nothing to its author. */
    static Fairlead made(String json, String name) {
        return read(
                loader -> loader.load(json, "json", name),
                problem -> problem.source().file() + ": " + problem.text());
    }

    private static Fairlead read(Source source, Function<Problem, String> words) {
        try {
            return new Fairlead(source.read(new ConfigLoader()));
        } catch (ConfigException e) {
            throw new InvalidConfigurationException(
                    e.problems().stream()
                            .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                            .map(words)
                            .toList(),
                    e);
        }
    }

    /**
     * Has every request observed, from the servlet's {@code init} on.
     *
     * @param observers gives an observer for each request, on its thread
     */
    public synchronized Fairlead observedBy(Supplier<ExchangeObserver> observers) {
        observer = observers;
        return this;
    }

    /** Returns the source of observers, one for each request. */
    public synchronized Supplier<ExchangeObserver> observer() {
        return observer;
    }

    /** Returns the configuration that runs, or will. */
    public synchronized LoadedConfig configuration() {
        return configuration;
    }

    /**
     * Puts another configuration in the place of this one. Members that it leaves as they are keep connections, counters
     * and health; requests under way end under the old one. A later edit of a watched file replaces it again.
     *
     * @throws IllegalArgumentException if it cannot run (a TLS file, an access log); then the old one stays
     */
    public void replace(Fairlead next) {
        // Asked for before this is locked, so that two may replace each other.
        replace(next.configuration());
    }

    private synchronized void replace(LoadedConfig replacement) {
        running.ifPresent(now -> now.replacement().accept(replacement.config()));
        configuration = replacement;
    }

    /** Returns snapshots and orders of the running proxy; empty before the servlet's {@code init} and after its end. */
    public synchronized Optional<Operations> operations() {
        return running.map(Running::operations);
    }

    /**
     * Called by the servlet that runs it.
     *
     * @throws IllegalStateException if another servlet runs it already
     */
    public synchronized void started(Operations operations, Consumer<ProxyConfig> replacement) {
        if (running.isPresent()) {
            throw new IllegalStateException("a Fairlead runs in one servlet (expected: one made for each)");
        }
        running = Optional.of(new Running(operations, replacement));
    }

    /** Called by the servlet at its end. */
    public synchronized void stopped() {
        running = Optional.empty();
    }
}
