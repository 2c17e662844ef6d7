package org.fairlead.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Expression;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Subnet;
import org.fairlead.model.Methods;
import org.fairlead.model.Requirement;
import org.fairlead.model.Requirement.Line;
import org.fairlead.model.Requirement.Logic;

/** A prepared requirement. Thread-safe. */
interface Rule {
    /** @throws EvaluationException if it cannot be decided; the client is refused then */
    AuthzResult of(Client client) throws EvaluationException;

    static Rule of(Requirement requirement) throws ExpressionException {
        return of(requirement, Logic.ALL);
    }

    /** Parts for other methods count as met among those that must all be met, and not at all elsewhere, as in httpd. */
    private static Rule of(Requirement requirement, Logic parent) throws ExpressionException {
        AuthzResult elsewhere = parent == Logic.ALL ? AuthzResult.GRANTED : AuthzResult.NEUTRAL;
        if (requirement instanceof Line line) {
            Rule plain = ofProvider(line);
            boolean negated = line.negated();
            Methods methods = line.methods();
            return client -> !methods.contains(client.method())
                    ? elsewhere
                    : told(line, negated ? plain.of(client).negated() : plain.of(client), client);
        }
        Requirement.Group group = (Requirement.Group) requirement;
        Rule[] parts = new Rule[group.parts().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = of(group.parts().get(i), group.logic());
        }
        Rule all = together(parts, group.logic());
        return client -> group.isFor(client.method()) ? all.of(client) : elsewhere;
    }

    private static AuthzResult told(Line line, AuthzResult result, Client client) {
        if (client.trace().isOn()) {
            String text = "Require " + (line.negated() ? "not " : "")
                    + (line.provider().word() + " " + line.argument()).strip();
            client.trace()
                    .say(
                            line.source(),
                            text + ": "
                                    + switch (result) {
                                        case GRANTED -> "lets the client in";
                                        case DENIED -> "does not let the client in";
                                        case DENIED_NO_USER -> "asks for a user";
                                        case NEUTRAL -> "says nothing of this client";
                                    });
        }
        return result;
    }

    private static Rule together(Rule[] parts, Logic logic) {
        return client -> {
            AuthzResult verdict = AuthzResult.NEUTRAL;
            for (Rule part : parts) {
                verdict = verdict.and(part.of(client), logic);
                if (verdict == (logic == Logic.ALL ? AuthzResult.DENIED : AuthzResult.GRANTED)) {
                    break;
                }
            }
            return logic == Logic.NONE ? verdict.negated() : verdict;
        };
    }

    private static Rule ofProvider(Line line) throws ExpressionException {
        String text = line.argument();
        List<String> words = Argument.words(text);
        return switch (line.provider()) {
            case ALL -> {
                AuthzResult verdict =
                        AuthzResult.of(oneOf(text, "granted", "denied").equals("granted"));
                yield client -> verdict;
            }
            case IP -> {
                List<Subnet> ranges = words(words).stream().map(Rule::range).toList();
                yield client -> AuthzResult.of(ranges.stream().anyMatch(r -> r.contains(client.address())));
            }
            case LOCAL -> client -> AuthzResult.of(isLocal(client));
            case HOST -> host(named(text));
            case FORWARD_DNS -> forwardDns(named(text));
            case EXPR -> expression(text);
            case ENV -> {
                words(words);
                yield client -> AuthzResult.of(words.stream().anyMatch(client::hasVariable));
            }
            case METHOD -> {
                Methods methods = new Methods(
                        false,
                        Set.copyOf(words(words).stream().map(Rule::method).toList()));
                yield client -> AuthzResult.of(methods.contains(client.method()));
            }
            case SSL -> {
                if (!text.isEmpty()) {
                    throw new IllegalArgumentException("nothing");
                }
                yield client -> AuthzResult.of(client.isSecure());
            }
            case SSL_VERIFY_CLIENT -> {
                if (!text.isEmpty()) {
                    throw new IllegalArgumentException("nothing");
                }
                yield client -> AuthzResult.of(client.isVerified());
            }
            case VALID_USER -> client -> AuthzResult.ofUser(client.user(), true);
            case USER -> {
                Argument names = named(text);
                yield client -> AuthzResult.ofUser(
                        client.user(),
                        client.user().isPresent()
                                && names.words(client).contains(client.user().get()));
            }
            case GROUP -> {
                Argument names = named(text);
                yield client -> AuthzResult.ofUser(
                        client.user(),
                        client.user().isPresent()
                                && names.words(client).stream().anyMatch(client.userGroups()::contains));
            }
        };
    }

    private static Rule host(Argument domains) {
        return client -> {
            String host = client.hostName().orElse("");
            return AuthzResult.of(
                    !host.isEmpty() && domains.words(client).stream().anyMatch(d -> HostNames.isIn(d, host)));
        };
    }

    private static Rule forwardDns(Argument names) {
        return client -> {
            for (String name : names.words(client)) {
                if (client.isNamed(name)) {
                    return AuthzResult.GRANTED;
                }
            }
            return AuthzResult.DENIED;
        };
    }

    private static Rule expression(String text) throws ExpressionException {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        Expression expression = Expression.parse(quoted ? text.substring(1, text.length() - 1) : text);
        AuthzResult otherwise =
                text.toUpperCase(Locale.ROOT).contains("REMOTE_USER") ? AuthzResult.DENIED_NO_USER : AuthzResult.DENIED;
        return client -> expression.test(client.variables()) ? AuthzResult.GRANTED : otherwise;
    }

    private static boolean isLocal(Client client) {
        return client.address().equals(client.localAddress()) || Loopback.contains(client.address());
    }

    private static Argument named(String text) throws ExpressionException {
        words(Argument.words(text));
        if (text.indexOf('#') >= 0) {
            throw new IllegalArgumentException("no comment on this line");
        }
        return Argument.parse(text);
    }

    private static List<String> words(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("one or more words");
        }
        return words;
    }

    private static String oneOf(String text, String... allowed) {
        for (String word : allowed) {
            if (text.equalsIgnoreCase(word)) {
                return word;
            }
        }
        throw new IllegalArgumentException(String.join(" or ", allowed));
    }

    private static Subnet range(String text) {
        return Subnet.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "addresses, parts of one (10.1) or ranges (10.0.0.0/8, 2001:db8::/32)"));
    }

    private static String method(String word) {
        if (word.isEmpty() || !word.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c == '-')) {
            throw new IllegalArgumentException("methods in capitals: GET POST");
        }
        return word.equals("HEAD") ? "GET" : word;
    }
}
