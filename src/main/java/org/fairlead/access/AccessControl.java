package org.fairlead.access;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.expression.Template;
import org.fairlead.http.Headers;
import org.fairlead.http.LogText;
import org.fairlead.http.RefusedException;
import org.fairlead.model.AccessConfig;
import org.fairlead.model.AccessConfig.Authentication;
import org.fairlead.model.Requirement;

/**
 * Access control in httpd's order (ap_process_request_internal). First it checks the client's address, then the rules
 * that need no user, then authenticates the client, then authorizes that user. Thread-safe.
 *
 * <p>A request that cannot be decided is refused.
 */
public final class AccessControl {
    private static final System.Logger LOG = System.getLogger(AccessControl.class.getName());
    /** Clients choose among combinations of sections, so no more than these are cached. */
    private static final int MAX_CACHED_RULES = 4096;

    private final HostNames names;
    private final Directory directory;
    private final PasswordChecks passwords;
    private final Map<SameObject, Rules> ready = new ConcurrentHashMap<>();
    /** Users whose password cannot be compared, each logged once. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public AccessControl(Passwords passwords, NameService names) {
        this(new PasswordChecks(passwords), names);
    }

    /** @param passwords shared by all configurations of a process */
    public AccessControl(PasswordChecks passwords, NameService names) {
        this(passwords, names, System::nanoTime);
    }

    AccessControl(PasswordChecks passwords, NameService names, LongSupplier nanoTime) {
        this.names = new HostNames(names, nanoTime);
        this.directory = new Directory(nanoTime);
        this.passwords = passwords;
    }

    /** A key by identity: settings are merged once and kept, so comparing references is enough. */
    private record SameObject(AccessConfig config) {
        @Override
        public boolean equals(Object other) {
            return other instanceof SameObject same && same.config == config;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(config);
        }
    }

    /** The rules of one {@link AccessConfig}, prepared. */
    private record Rules(
            AccessConfig config,
            TlsConditions tls,
            Optional<CompatAccess> old,
            Optional<Rule> requirement,
            Optional<Template> realm) {}

    /** The error in a requirement, as what is expected instead; empty if there is none. */
    public static Optional<String> problem(Requirement requirement) {
        try {
            Rule.of(requirement);
            return Optional.empty();
        } catch (ExpressionException e) {
            return Optional.of("an expression; " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The error in an {@code AuthName}; empty if there is none. */
    public static Optional<String> realmProblem(String realm) {
        try {
            Template.parse(realm);
            return Optional.empty();
        } catch (ExpressionException e) {
            return Optional.of("a text; " + e.getMessage());
        }
    }

    /**
     * Checks one request. May block while a name is looked up or a password is compared.
     *
     * @param server the identity of its host
     * @return the response to send instead of a member's; empty if it may go on
     * @throws RefusedException 403 or 500 if nothing the client could add would help
     */
    public Optional<LocalResponse> check(AccessConfig config, Exchange exchange, ServerIdentity server)
            throws RefusedException {
        if (!config.asks()) {
            return Optional.empty();
        }
        if (config.tls().only() && !exchange.connection().secure()) {
            throw new RefusedException(403, "SSLRequireSSL, and the request did not come over TLS");
        }
        Rules rules = rules(config);
        Client client = new Client(exchange, server, names, config.groupFile(), directory::groups);
        boolean basic = config.authentication()
                .filter(type -> type == Authentication.BASIC)
                .isPresent();
        if (!basic) {
            exchange.containerUser().ifPresent(client::is);
        }
        try {
            if (exchange.connection().secure()) {
                rules.tls().check(client);
            }
            return mayByPlace(rules, client) ? Optional.empty() : byRequirement(rules, client, exchange, basic);
        } catch (EvaluationException e) {
            throw new RefusedException(403, "access cannot be decided: " + e.getMessage());
        }
    }

    private Rules rules(AccessConfig config) {
        SameObject key = new SameObject(config);
        Rules known = ready.get(key);
        if (known != null) {
            return known;
        }
        Rules made = made(config);
        if (ready.size() < MAX_CACHED_RULES) {
            ready.put(key, made);
        }
        return made;
    }

    private static Rules made(AccessConfig config) {
        try {
            Optional<Rule> requirement = config.requirement().isPresent()
                    ? Optional.of(Rule.of(config.requirement().get()))
                    : Optional.empty();
            Optional<Template> realm = config.realm().isPresent()
                    ? Optional.of(Template.parse(config.realm().get()))
                    : Optional.empty();
            TlsConditions tls = new TlsConditions(config.tls().conditions());
            return new Rules(config, tls, config.old().map(CompatAccess::new), requirement, realm);
        } catch (ExpressionException e) {
            throw new IllegalArgumentException("access rules that were not checked when they were read", e);
        }
    }

    /** Whether the client's address alone grants access. */
    private static boolean mayByPlace(Rules rules, Client client) throws RefusedException {
        if (rules.old().isEmpty()) {
            return false;
        }
        CompatAccess old = rules.old().get();
        boolean in = old.letsIn(client);
        if (!in && !old.isEnough(client)) {
            throw new RefusedException(403, "Order, Allow and Deny keep the client out");
        }
        return in && old.isEnough(client);
    }

    private Optional<LocalResponse> byRequirement(Rules rules, Client client, Exchange exchange, boolean basic)
            throws RefusedException, EvaluationException {
        if (rules.requirement().isEmpty()) {
            if (basic) {
                throw new RefusedException(500, "AuthType without a Require");
            }
            return Optional.empty();
        }
        Rule requirement = rules.requirement().get();
        AuthzResult first = requirement.of(client);
        if (first == AuthzResult.GRANTED) {
            return Optional.empty();
        }
        if (first != AuthzResult.DENIED_NO_USER) {
            throw new RefusedException(403, "Require keeps the client out");
        }
        Optional<Path> tokenFile = rules.config().tokenFile();
        Optional<String> token =
                tokenFile.flatMap(file -> TokenLogin.sent(exchange.request().headers()));
        if (token.isPresent()) {
            return passwords.tokens().admit(token.get(), tokenFile.get(), requirement, client);
        }
        if (!basic && tokenFile.isPresent() && client.user().isEmpty()) {
            return Optional.of(TokenLogin.wanted(""));
        }
        if (!basic) {
            throw client.user().isPresent()
                    ? new RefusedException(403, "the container's user may not")
                    : new RefusedException(500, "Require asks for a user, and no AuthType says how to become one");
        }
        Login login = login(rules, client, exchange);
        if (login.retryAfter().isPresent()) {
            return Optional.of(tooMany(login.retryAfter().get()));
        }
        if (!login.done()) {
            return Optional.of(challenge(rules, client));
        }
        return switch (requirement.of(client)) {
            case GRANTED -> Optional.empty();
            case DENIED, NEUTRAL -> {
                if (rules.config().forbidsOnFailure().orElse(false)) {
                    throw new RefusedException(403, "Require keeps the user out");
                }
                yield Optional.of(challenge(rules, client));
            }
            case DENIED_NO_USER -> Optional.of(challenge(rules, client));
        };
    }

    /**
     * The result of a login.
     *
     * @param retryAfter when it may be tried again, where it was not tried at all
     */
    private record Login(boolean done, Optional<Duration> retryAfter) {
        static final Login FAILED = new Login(false, Optional.empty());
    }

    private Login login(Rules rules, Client client, Exchange exchange) throws RefusedException {
        if (rules.realm().isEmpty()) {
            throw new RefusedException(500, "AuthType Basic without an AuthName");
        }
        Optional<Credentials> sent = Credentials.of(exchange.request().headers());
        if (sent.isEmpty()) {
            return Login.FAILED;
        }
        Path file = rules.config()
                .userFile()
                .orElseThrow(() -> new RefusedException(500, "AuthType Basic without an AuthUserFile"));
        String user = sent.get().user();
        Map<String, String> users =
                directory.users(file).orElseThrow(() -> new RefusedException(500, "AuthUserFile cannot be read"));
        PasswordChecks.Result result = passwords.check(sent.get(), client.address(), users);
        if (result.outcome() == Passwords.Outcome.UNSUPPORTED) {
            tellUnsupported(exchange, user, file);
        }
        if (result.outcome() != Passwords.Outcome.RIGHT) {
            return new Login(false, result.retryAfter());
        }
        client.is(user);
        client.authenticatedBy("Basic");
        return new Login(true, Optional.empty());
    }

    private void tellUnsupported(Exchange exchange, String user, Path file) {
        if (told.size() < MAX_CACHED_RULES && told.add(file + ":" + user)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} refused: the password of {1} in {2} is neither bcrypt ($2y$), apr1 ($apr1$) nor SHA",
                    exchange.id(),
                    LogText.clean(user),
                    file);
        }
    }

    /** The 429 response (RFC 6585 4); a delay of less than a second is given as one. */
    static LocalResponse tooMany(Duration delay) {
        return new LocalResponse(429, Headers.of("Retry-After", Long.toString(delay.toSeconds() + 1)));
    }

    private static LocalResponse challenge(Rules rules, Client client) throws EvaluationException {
        String realm = rules.realm().isPresent() ? rules.realm().get().text(client.variables()) : "";
        return new LocalResponse(401, Headers.of("WWW-Authenticate", "Basic realm=\"" + escaped(realm) + "\""));
    }

    /** Quotes get a backslash unless they have one (ap_escape_quotes); bytes that no field may hold are left out. */
    private static String escaped(String realm) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < realm.length(); i++) {
            char c = realm.charAt(i);
            if (c == '\\' && i + 1 < realm.length()) {
                text.append(c).append(realm.charAt(++i));
            } else if (c == '"') {
                text.append("\\\"");
            } else if (c >= ' ' && c != 0x7F) {
                text.append(c);
            }
        }
        return text.toString();
    }
}
