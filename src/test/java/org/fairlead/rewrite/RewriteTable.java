package org.fairlead.rewrite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The table {@code rewrite/rules.tsv}, and one configuration in which each row is a virtual host. */
public final class RewriteTable {
    private static final String MAP = """
            # comment
            one 1st
            two second more
            novalue
            twice a
            twice b
             indented i
            GET allowed
            redirect http://example.net/there
            """;

    private RewriteTable() {}

    /**
     * One row.
     *
     * @param host the virtual host that stands for it
     * @param httpd what httpd answers
     * @param fairlead what Fairlead answers
     */
    public record Row(String host, List<String> rules, String request, String httpd, String fairlead) {
        public String method() {
            return request.substring(0, request.indexOf(' '));
        }

        public String target() {
            return request.split(" \\| ")[0].substring(method().length() + 1);
        }

        /** Names and values, {@code Host} among them. */
        public List<Map.Entry<String, String>> fields() {
            List<Map.Entry<String, String>> fields = new ArrayList<>();
            String name = host;
            String[] parts = request.split(" \\| ");
            for (int i = 1; i < parts.length; i++) {
                String[] field = parts[i].replace("{h}", host).split(": ", 2);
                if (field[0].equals("Host")) {
                    name = field[1];
                } else {
                    fields.add(Map.entry(field[0], field[1]));
                }
            }
            fields.add(Map.entry("Host", name));
            return fields;
        }

        @Override
        public String toString() {
            return String.join(" ;; ", rules) + " <- " + request;
        }
    }

    public static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String line : lines()) {
            String[] cells = line.split("\t");
            rows.add(new Row(
                    "r" + (rows.size() + 1) + ".test",
                    List.of(cells[0].split(" ;; ")),
                    cells[1],
                    cells[2],
                    cells.length > 3 ? cells[3] : cells[2]));
        }
        return rows;
    }

    private static List<String> lines() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RewriteTable.class.getResourceAsStream("/rewrite/rules.tsv")),
                StandardCharsets.UTF_8))) {
            return in.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the files there that conditions and maps ask for. */
    public static Path files(Path folder) {
        try {
            Files.writeString(folder.resolve("on"), "on");
            Files.writeString(folder.resolve("empty"), "");
            Files.createSymbolicLink(folder.resolve("link"), folder.resolve("on"));
            Files.writeString(folder.resolve("map.txt"), MAP);
            Files.writeString(folder.resolve("rnd.txt"), "same x|x|x\n");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All rows as one configuration that both servers read.
     *
     * @param first authority of the member that {@code ProxyPass /} leads to
     * @param second authority of the other one
     */
    public static String configuration(String first, String second, Path folder) {
        StringBuilder text = new StringBuilder("""
                AllowEncodedSlashes NoDecode
                DocumentRoot {dir}
                <Proxy balancer://two>
                BalancerMember http://{b2}
                </Proxy>
                RewriteEngine On
                RewriteMap mainmap int:toupper
                RewriteRule ^/inherited(.*) /from-main$1 [PT]
                """);
        for (Row row : rows()) {
            boolean switched = row.rules().stream().anyMatch(rule -> rule.startsWith("RewriteEngine"));
            text.append("<VirtualHost *>\nServerName ")
                    .append(row.host())
                    .append("\nServerAlias *.")
                    .append(row.host())
                    .append("\nAllowEncodedSlashes NoDecode\n")
                    .append(switched ? "" : "RewriteEngine On\n")
                    .append(String.join("\n", row.rules()).replace("{h}", row.host()))
                    .append(
                            "\nRequestHeader set X-Env \"%{V}e\" env=V\nProxyPass /excluded !\nProxyPass / http://{b1}/\n"
                                    + "</VirtualHost>\n");
        }
        return text.toString().replace("{b1}", first).replace("{b2}", second).replace("{dir}", folder.toString());
    }
}
