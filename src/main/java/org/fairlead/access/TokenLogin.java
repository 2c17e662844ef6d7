package org.fairlead.access;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.fairlead.access.TokenFile.Token;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.expression.EvaluationException;
import org.fairlead.files.WatchedFile;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;

/**
 * Logins by bearer token (RFC 6750, {@code AuthTokenFile}). Wrong tokens of an address delay its further ones, as wrong
 * passwords do. Thread-safe.
 */
final class TokenLogin {
    private static final System.Logger LOG = System.getLogger(TokenLogin.class.getName());
    private static final String SCHEME = "bearer ";
    /** The name under which failures are counted: a wrong token names no user. No user of a password has it. */
    private static final String UNNAMED = "\n";

    private final FailedLogins failures;
    private final LongSupplier nanoTime;
    private final Map<Path, WatchedFile<TokenFile>> files = new ConcurrentHashMap<>();

    TokenLogin(FailedLogins failures, LongSupplier nanoTime) {
        this.failures = failures;
        this.nanoTime = nanoTime;
    }

    /** The token of {@code Authorization}; empty if the field is absent, of another scheme, or there twice. */
    static Optional<String> sent(Headers headers) {
        List<String> values = headers.all("Authorization");
        if (values.size() != 1 || !values.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(values.get(0).substring(SCHEME.length()).strip());
    }

    /**
     * Admits a client by its token. The token's name is a user to the rules; its role bounds what they allow.
     *
     * @return the response to a wrong token; empty if the client may go on
     * @throws RefusedException 403 if the token is right and the requirement or its role keep it out
     */
    Optional<LocalResponse> admit(String sent, Path file, Rule requirement, Client client)
            throws RefusedException, EvaluationException {
        FailedLogins.Key key = new FailedLogins.Key(UNNAMED, client.address());
        Optional<Duration> delay = failures.delay(key);
        if (delay.isPresent()) {
            return Optional.of(AccessControl.tooMany(delay.get()));
        }
        Optional<Token> token =
                files.computeIfAbsent(file, this::watched).content().flatMap(tokens -> tokens.find(sent));
        if (token.isEmpty()) {
            failures.failed(key);
            return Optional.of(wanted(" error=\"invalid_token\""));
        }
        failures.succeeded(key);
        client.is(token.get().name());
        client.authenticatedBy("Bearer");
        if (!token.get().role().mayAsk(client.method())) {
            throw new RefusedException(403, "a viewer's token is for reading");
        }
        if (requirement.of(client) != AuthzResult.GRANTED) {
            throw new RefusedException(403, "Require keeps the token out");
        }
        return Optional.empty();
    }

    /** The challenge (RFC 6750 3). */
    static LocalResponse wanted(String error) {
        return new LocalResponse(401, Headers.of("WWW-Authenticate", "Bearer" + error));
    }

    private WatchedFile<TokenFile> watched(Path file) {
        return new WatchedFile<>(
                file,
                (path, size) -> {
                    TokenFile read = TokenFile.read(path);
                    read.problems()
                            .forEach(problem -> LOG.log(
                                    System.Logger.Level.ERROR,
                                    "{0}:{1} admits no client (expected: {2})",
                                    file,
                                    Integer.toString(problem.line()),
                                    problem.text()));
                    return read;
                },
                e -> LOG.log(
                        System.Logger.Level.ERROR, "{0} cannot be read, so its tokens admit no client: {1}", file, e),
                nanoTime);
    }
}
