package org.fairlead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of access rules and requests, for both who shall agree with it. */
final class AccessRows {
    /** Written by htpasswd and openssl; every password is "secret". */
    static final String USERS = """
            # a comment
            alice:$2y$04$oobOHaEv6e4CixYojMzYiuEVoJ3Zs31rNY3G8AEysLkP5ImxmHkTa

            bob:$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/
            carol:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=
            dave:rSd8VIH9avrPY
            alice:{SHA}kGByAB793z4R5tK1eC9Hd/4Dhzk=
            """;

    static final String GROUPS = """
            staff: alice bob
            # nobody: carol
            guests: "carol" dave
            """;

    private static final Pattern REQUEST = Pattern.compile("(\\S+) (\\S+)(?: (\\S+))? = (\\d{3})(?: (.*))?");

    private AccessRows() {}

    /** One virtual host and what is asked of it. */
    record Block(String name, String configuration, List<Request> requests) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * @param expected the status, and the challenge behind it where there is one
     */
    record Request(String method, String path, Optional<String> credentials, String expected) {
        Optional<String> authorization() {
            return credentials.map(
                    c -> "Basic " + Base64.getEncoder().encodeToString(c.getBytes(StandardCharsets.ISO_8859_1)));
        }

        @Override
        public String toString() {
            return method + " " + path + credentials.map(c -> " " + c).orElse("");
        }
    }

    static List<Block> all() {
        List<Block> blocks = new ArrayList<>();
        for (String text : resource("access.rows").split("(?m)^== ")) {
            if (!text.startsWith("#")) {
                String[] parts = text.split("(?m)^--\n");
                int line = parts[0].indexOf('\n');
                blocks.add(new Block(parts[0].substring(0, line), parts[0].substring(line + 1), requests(parts[1])));
            }
        }
        return blocks;
    }

    private static List<Request> requests(String lines) {
        List<Request> requests = new ArrayList<>();
        for (String line : lines.strip().split("\n")) {
            Matcher m = REQUEST.matcher(line);
            if (!m.matches()) {
                throw new IllegalArgumentException(line);
            }
            String expected = m.group(5) == null ? m.group(4) : m.group(4) + " " + m.group(5);
            requests.add(new Request(m.group(1), m.group(2), Optional.ofNullable(m.group(3)), expected));
        }
        return requests;
    }

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(AccessRows.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Writes the files that the table's configurations name, and says where, in httpd's words. */
    static String files(Path folder) throws IOException {
        Path users = Files.writeString(folder.resolve("users"), USERS);
        Path groups = Files.writeString(folder.resolve("groups"), GROUPS);
        return "Define USERS " + users + "\nDefine GROUPS " + groups + "\n";
    }
}
