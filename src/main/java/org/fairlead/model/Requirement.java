package org.fairlead.model;

import java.util.List;
import java.util.Objects;

/** An authorization requirement (mod_authz_core): one {@code Require} line, or a group such as {@code <RequireAll>}. */
public sealed interface Requirement {
    /** Whether it asks anything of a request by this method. */
    boolean isFor(String method);

    /**
     * {@code Require [not] provider words…}.
     *
     * @param negated {@code not}: the line admits no client, but refuses those it would otherwise admit
     * @param argument what follows the provider's name, as written: words in httpd's quoting, for {@link Provider#EXPR}
     *     an expression
     * @param methods where it stands in a {@code <Limit>}, those of the section
     */
    record Line(boolean negated, Provider provider, String argument, Methods methods, Source source)
            implements Requirement {
        /** A line that no file says. */
        public Line(boolean negated, Provider provider, String argument, Methods methods) {
            this(negated, provider, argument, methods, Source.NONE);
        }

        /** Two are equal when they say the same, wherever they stand. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Line line
                    && negated == line.negated
                    && provider == line.provider
                    && argument.equals(line.argument)
                    && methods.equals(line.methods);
        }

        @Override
        public int hashCode() {
            return Objects.hash(negated, provider, argument, methods);
        }

        @Override
        public boolean isFor(String method) {
            return methods.contains(method);
        }
    }

    /**
     * Several requirements.
     *
     * @param parts never empty; never negative ones alone
     */
    record Group(Logic logic, List<Requirement> parts) implements Requirement {
        public Group {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a group of no requirements (expected: one or more)");
            }
        }

        @Override
        public boolean isFor(String method) {
            return parts.stream().anyMatch(part -> part.isFor(method));
        }
    }

    /** How the parts of a group count together. */
    enum Logic {
        /** {@code <RequireAll>}: none may fail, and one must pass. */
        ALL,
        /** {@code <RequireAny>}, and what stands outside any group: one must pass. */
        ANY,
        /** {@code <RequireNone>}: no line may pass; the group alone admits no client. */
        NONE
    }

    /** The authorization provider that decides whether a line is met. */
    enum Provider {
        ALL("all"),
        IP("ip"),
        HOST("host"),
        FORWARD_DNS("forward-dns"),
        LOCAL("local"),
        EXPR("expr"),
        ENV("env"),
        METHOD("method"),
        VALID_USER("valid-user"),
        USER("user"),
        GROUP("group"),
        SSL("ssl"),
        SSL_VERIFY_CLIENT("ssl-verify-client");

        private final String word;

        Provider(String word) {
            this.word = word;
        }

        /** As it is written behind {@code Require}. */
        public String word() {
            return word;
        }
    }
}
