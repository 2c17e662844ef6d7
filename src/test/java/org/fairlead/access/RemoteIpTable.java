package org.fairlead.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.http.Headers;
import org.fairlead.model.RemoteIpConfig;

/** What httpd makes of requests under mod_remoteip: {@code remoteip.tsv}. */
public final class RemoteIpTable {
    private final Map<String, String> configurations = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    /**
     * One request, and what httpd makes of it.
     *
     * @param fields {@code |} between them; empty = none
     * @param rest what is left of the field; {@code -} = it is gone
     * @param proxies what the proxies' field says; {@code -} = it is not there
     * @param decision why we do otherwise; empty = we do not
     */
    public record Row(
            String configuration,
            String peer,
            String fields,
            String client,
            String rest,
            String proxies,
            String decision) {
        /** The field that the configuration reads. */
        public String header() {
            return configuration.equals("xff") ? "X-Forwarded-For" : "X-Client";
        }

        /** The fields as a container tells them. */
        public Headers headers() {
            Headers headers = new Headers();
            for (String field : fields.split("\\|")) {
                int colon = field.indexOf(':');
                if (colon > 0) {
                    headers.add(
                            field.substring(0, colon),
                            field.substring(colon + 1).strip());
                }
            }
            return headers;
        }

        @Override
        public String toString() {
            return configuration + ": " + peer + " says " + (fields.isEmpty() ? "nothing" : fields);
        }
    }

    private RemoteIpTable() {}

    public static RemoteIpTable read() {
        RemoteIpTable table = new RemoteIpTable();
        try (InputStream in =
                Objects.requireNonNull(RemoteIpTable.class.getResourceAsStream("remoteip.tsv"), "remoteip.tsv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(table::line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private void line(String line) {
        if (line.startsWith("=")) {
            int blank = line.indexOf(' ');
            configurations.put(
                    line.substring(1, blank), line.substring(blank + 1).replace("; ", "\n"));
        } else if (!line.isEmpty() && !line.startsWith("#")) {
            String[] cell = line.split("\t", -1);
            rows.add(new Row(
                    cell[0],
                    cell[1],
                    cell[2].equals("-") ? "" : cell[2],
                    cell[3],
                    cell[4].equals("\"\"") ? "" : cell[4],
                    cell[5],
                    cell[6]));
        }
    }

    /** The lines of each configuration by its name. */
    public Map<String, String> configurations() {
        return configurations;
    }

    public List<Row> rows() {
        return rows;
    }

    /** The record that one of the configurations is read as. */
    public RemoteIpConfig config(String name) {
        try {
            return new ConfigLoader()
                    .load(configurations.get(name) + "\n", "conf", name)
                    .config()
                    .mainHost()
                    .remoteIp();
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether that configuration names this peer. */
    public boolean isNamed(Row row) {
        return TrustedProxies.of(config(row.configuration())).includes(row.peer());
    }
}
