package org.fairlead.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a host says for all its paths and a section may say otherwise (httpd's per-directory configuration). What is
 * absent is inherited; {@link #merge} puts a more specific one over a more general one.
 *
 * @param preserveHost {@code ProxyPreserveHost}, default off
 * @param addHeaders {@code ProxyAddHeaders}, default on
 * @param errorOverride {@code ProxyErrorOverride}, default off
 * @param errorDocuments {@code ErrorDocument} by status
 * @param requestHeaders {@code RequestHeader} rules in order
 * @param responseHeaders {@code Header} rules in order
 * @param handler {@code SetHandler}: the handler that responds instead of a member
 * @param limitRequestBody {@code LimitRequestBody} in bytes, 0 = no limit, and the default: httpd's 1 GiB is
 *     for content of its own
 * @param environment {@code SetEnv}, {@code SetEnvIf} and their like
 * @param redirects {@code Redirect} and its like in sections; those outside any are the host's
 * @param ownName {@code UseCanonicalName}
 * @param choices {@code <If>} sections in order, decided for each request and put over all else
 * @param access the authorization rules
 * @param legacyNames {@code SSLOptions LegacyDNStringFormat}: whether names of certificates are written as
 *     {@code /C=DE/CN=ab}; default off
 * @param responseDefaults what a response gets where the member leaves it open
 * @param rewrite mod_rewrite's lines in sections; those outside any are the host's
 * @param outputFilters the filters for bodies of responses
 * @param traceContext {@code TraceContext}, default {@code pass}
 */
public record Settings(
        Optional<Boolean> preserveHost,
        Optional<Boolean> addHeaders,
        Optional<ErrorOverride> errorOverride,
        Map<Integer, ErrorDocument> errorDocuments,
        List<HeaderRule> requestHeaders,
        List<HeaderRule> responseHeaders,
        Optional<Handler> handler,
        Optional<Long> limitRequestBody,
        EnvironmentConfig environment,
        PathRedirects redirects,
        OwnName ownName,
        List<Choice> choices,
        AccessConfig access,
        Optional<Boolean> legacyNames,
        ResponseDefaults responseDefaults,
        SectionRewrite rewrite,
        OutputFilters outputFilters,
        Optional<TraceContextConfig> traceContext) {
    /** Says nothing: everything is inherited. */
    public static final Settings NONE = new Settings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            EnvironmentConfig.NONE,
            PathRedirects.NONE,
            OwnName.NONE,
            List.of(),
            AccessConfig.NONE,
            Optional.empty(),
            ResponseDefaults.NONE,
            SectionRewrite.NONE,
            OutputFilters.NONE,
            Optional.empty());

    /** No limit: the 1 GiB that httpd has since 2.4.54 is not applied to what it forwards. */
    public static final long DEFAULT_LIMIT_REQUEST_BODY = 0;

    public Settings {
        errorDocuments = Map.copyOf(errorDocuments);
        requestHeaders = List.copyOf(requestHeaders);
        responseHeaders = List.copyOf(responseHeaders);
        choices = List.copyOf(choices);
    }

    public boolean preservesHost() {
        return preserveHost.orElse(false);
    }

    public boolean addsHeaders() {
        return addHeaders.orElse(true);
    }

    /** Whether a member's response of this status is replaced by our own error page. */
    public boolean overrides(int status) {
        return errorOverride.isPresent() && errorOverride.get().covers(status);
    }

    public boolean writesLegacyNames() {
        return legacyNames.orElse(false);
    }

    public long bodyLimit() {
        return limitRequestBody.isPresent() ? limitRequestBody.get() : DEFAULT_LIMIT_REQUEST_BODY;
    }

    /** Returns these settings with those of {@code over} in front: its values win, its rules come after ours. */
    public Settings merge(Settings over) {
        if (over == NONE) {
            return this;
        }
        Map<Integer, ErrorDocument> documents = new TreeMap<>(errorDocuments);
        documents.putAll(over.errorDocuments);
        return new Settings(
                over.preserveHost.or(() -> preserveHost),
                over.addHeaders.or(() -> addHeaders),
                over.errorOverride.or(() -> errorOverride),
                documents,
                joined(requestHeaders, over.requestHeaders),
                joined(responseHeaders, over.responseHeaders),
                over.handler.or(() -> handler),
                over.limitRequestBody.or(() -> limitRequestBody),
                environment.merge(over.environment),
                redirects.merge(over.redirects),
                ownName.merge(over.ownName),
                joined(choices, over.choices),
                access.merge(over.access),
                over.legacyNames.or(() -> legacyNames),
                responseDefaults.merge(over.responseDefaults),
                rewrite.merge(over.rewrite),
                outputFilters.merge(over.outputFilters),
                over.traceContext.or(() -> traceContext));
    }

    /** Returns the same without choices, once they are decided. */
    public Settings decided() {
        return with(responseHeaders, List.of());
    }

    /** Returns these settings with further {@code Header} rules behind their own. */
    public Settings withResponseHeaders(List<HeaderRule> further) {
        return with(joined(responseHeaders, further), choices);
    }

    /** Returns these settings for a host whose {@code ServerName} says this scheme; empty = none. */
    public Settings withServerScheme(String scheme) {
        return with(responseHeaders, choices, ownName.withScheme(scheme));
    }

    private Settings with(List<HeaderRule> otherResponseHeaders, List<Choice> otherChoices) {
        return with(otherResponseHeaders, otherChoices, ownName);
    }

    private Settings with(List<HeaderRule> otherResponseHeaders, List<Choice> otherChoices, OwnName otherName) {
        return new Settings(
                preserveHost,
                addHeaders,
                errorOverride,
                errorDocuments,
                requestHeaders,
                otherResponseHeaders,
                handler,
                limitRequestBody,
                environment,
                redirects,
                otherName,
                otherChoices,
                access,
                legacyNames,
                responseDefaults,
                rewrite,
                outputFilters,
                traceContext);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** A handler that responds instead of a member. */
    public enum Handler {
        /** Members report how busy they are (mod_heartmonitor's handler), for {@code lbmethod=heartbeat}. */
        HEARTBEAT("heartbeat", false),
        /** httpd's page of balancers and members, with its forms (mod_proxy_balancer). */
        BALANCER_MANAGER("balancer-manager", false),
        /** httpd's page of the server's state (mod_status). */
        SERVER_STATUS("server-status", false),
        /** The console. */
        CONSOLE("fairlead-console", true),
        /** The admin API. */
        API("fairlead-api", true),
        /** Metrics in Prometheus' formats. */
        METRICS("fairlead-metrics", false),
        /** Whether this instance is in service, for a load balancer in front. */
        HEALTH("fairlead-health", false);

        private final String word;
        private final boolean guarded;

        Handler(String word, boolean guarded) {
            this.word = word;
            this.guarded = guarded;
        }

        /** The word of {@code SetHandler}. */
        public String word() {
            return word;
        }

        /** Whether it may not be configured without a {@code Require} in force. */
        public boolean mustBeGuarded() {
            return guarded;
        }
    }

    /**
     * {@code ProxyErrorOverride}.
     *
     * @param statuses the statuses it is for; empty = every one from 400 to 599
     */
    public record ErrorOverride(boolean on, Set<Integer> statuses) {
        public ErrorOverride {
            statuses = Set.copyOf(statuses);
        }

        boolean covers(int status) {
            return on && (statuses.isEmpty() ? status >= 400 && status <= 599 : statuses.contains(status));
        }
    }

    /** {@code ErrorDocument}: what a client gets instead of our plain error page. */
    public sealed interface ErrorDocument {
        /** A local file may have so many bytes. */
        long LARGEST = 1 << 20;

        /** A message, sent as {@code text/html} like httpd's. */
        record Text(String text) implements ErrorDocument {}

        /** A local file, read when the configuration is read; its type follows from its name. */
        record Content(byte[] bytes, String contentType) implements ErrorDocument {
            @Override
            public boolean equals(Object other) {
                return other instanceof Content content
                        && Arrays.equals(bytes, content.bytes)
                        && contentType.equals(content.contentType);
            }

            @Override
            public int hashCode() {
                return 31 * Arrays.hashCode(bytes) + contentType.hashCode();
            }

            @Override
            public String toString() {
                return contentType + ", " + bytes.length + " bytes";
            }
        }

        /**
         * A local file that is not there yet. It is looked for whenever it is needed, since the page of a maintenance
         * window is put there when the window begins.
         */
        record Awaited(Path file, String contentType) implements ErrorDocument {}

        /**
         * A path of this server: the route that takes it is asked for the page.
         *
         * @param file what is sent where that has none
         */
        record Local(String path, ErrorDocument file) implements ErrorDocument {}

        /** A redirect to an absolute URL. */
        record Redirect(String url) implements ErrorDocument {}

        /** httpd's word {@code default}: our own page after all. */
        record Default() implements ErrorDocument {}
    }
}
