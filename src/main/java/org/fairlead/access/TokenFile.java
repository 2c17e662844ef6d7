package org.fairlead.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens of an {@code AuthTokenFile}: lines {@code name:role:hash}, where the hash is the SHA-256 of the token in
 * hexadecimal digits. A token is random, so that a fast hash is as good as a slow one.
 *
 * @param tokens those of the lines that can be read
 * @param problems the lines that cannot be read; none of them admits any client
 */
public record TokenFile(List<Token> tokens, List<Problem> problems) {
    private static final int MAX_NAME_CHARS = 64;
    private static final int HASH_DIGITS = 64;

    public TokenFile {
        tokens = List.copyOf(tokens);
        problems = List.copyOf(problems);
    }

    /** What the owner of a token may do. */
    enum Role {
        /** Requests that change nothing: GET, HEAD and OPTIONS. */
        VIEWER,
        /** All that the access rules allow. */
        OPERATOR;

        boolean mayAsk(String method) {
            return this == OPERATOR || Set.of("GET", "HEAD", "OPTIONS").contains(method);
        }
    }

    /** A token. @param name the user that access rules see; @param hash SHA-256 of the token */
    record Token(String name, Role role, byte[] hash) {}

    /** A line that cannot be read. @param line from 1; @param text what is expected; it never quotes the line */
    public record Problem(int line, String text) {}

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     */
    public static TokenFile read(Path file) throws IOException {
        List<Token> tokens = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split(":", -1);
            Optional<String> problem = problem(parts);
            if (problem.isEmpty() && !names.add(parts[0])) {
                problem = Optional.of("a name of its own for each token; this one stands above");
            }
            int number = i + 1;
            problem.ifPresentOrElse(text -> problems.add(new Problem(number, text)), () -> tokens.add(token(parts)));
        }
        return new TokenFile(tokens, problems);
    }

    private static Optional<String> problem(String[] parts) {
        if (parts.length != 3 || !isName(parts[0])) {
            return Optional.of("name:role:hash, the name without blanks");
        }
        if (!parts[1].equals("viewer") && !parts[1].equals("operator")) {
            return Optional.of("the role viewer or operator behind the name");
        }
        return parts[2].length() == HASH_DIGITS && parts[2].chars().allMatch(HexFormat::isHexDigit)
                ? Optional.empty()
                : Optional.of("the token's SHA-256 at the end, 64 hexadecimal digits");
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_NAME_CHARS
                && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static Token token(String[] parts) {
        return new Token(
                parts[0],
                Role.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                HexFormat.of().parseHex(parts[2]));
    }

    /** Returns the token that a client has sent. The time that it takes does not depend on how much of it is right. */
    Optional<Token> find(String sent) {
        byte[] hash = sha256(sent);
        Optional<Token> found = Optional.empty();
        for (Token token : tokens) {
            if (MessageDigest.isEqual(token.hash(), hash)) {
                found = Optional.of(token);
            }
        }
        return found;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
