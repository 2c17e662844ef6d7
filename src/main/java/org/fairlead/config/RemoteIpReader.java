package org.fairlead.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fairlead.expression.Subnet;
import org.fairlead.model.RemoteIpConfig;
import org.fairlead.model.RemoteIpConfig.Proxy;

/** Reads {@code RemoteIP…} of a server; a virtual host inherits each missing directive from the main server. */
final class RemoteIpReader {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    /** Parts with leading zeros are octal to some parsers; and a mask of no bits would trust every peer. */
    private static final Pattern DOUBTFUL = Pattern.compile("([^:]*[.])?0[0-9]+([./].*)?|.*/0+");

    private static final long MAX_LIST_FILE_BYTES = 1 << 20;
    private static final String RANGE =
            "an address, its first parts, or a network such as 10.0.0.0/8; names are not looked up";

    private final Reading reading;

    RemoteIpReader(Reading reading) {
        this.reading = reading;
    }

    RemoteIpConfig read(Entry server, Optional<RemoteIpConfig> main) {
        RemoteIpConfig inherited = main.orElse(RemoteIpConfig.NONE);
        List<Proxy> proxies = proxies(server);
        RemoteIpConfig config = new RemoteIpConfig(
                field(server, "remoteipheader").orElse(inherited.header()),
                field(server, "remoteipproxiesheader").orElse(inherited.proxiesHeader()),
                proxies.isEmpty() ? inherited.proxies() : proxies);
        if (!config.header().isEmpty() && config.proxies().isEmpty()) {
            server.last("remoteipheader")
                    .ifPresent(line -> reading.problems()
                            .difference(
                                    line.source(),
                                    "RemoteIPHeader '" + Quoted.of(line.value())
                                            + "' without RemoteIPInternalProxy or RemoteIPTrustedProxy believes every"
                                            + " client that names a public address, as in httpd; name the proxies in"
                                            + " front"));
        }
        return config;
    }

    private Optional<String> field(Entry server, String key) {
        return server.last(key).map(line -> line.value().strip()).filter(name -> {
            boolean token = TOKEN.matcher(name).matches();
            if (!token) {
                Values.bad(reading.problems(), server.last(key).orElseThrow(), "the name of a field");
            }
            return token;
        });
    }

    private List<Proxy> proxies(Entry server) {
        List<Proxy> proxies = new ArrayList<>();
        for (Entry line : server.entries()) {
            switch (line.name()) {
                case "remoteipinternalproxy" -> add(proxies, line, line.value(), true, "");
                case "remoteiptrustedproxy" -> add(proxies, line, line.value(), false, "");
                case "remoteipinternalproxylist" -> addFile(proxies, line, true);
                case "remoteiptrustedproxylist" -> addFile(proxies, line, false);
                default -> {}
            }
        }
        return proxies;
    }

    private void add(List<Proxy> proxies, Entry line, String words, boolean internal, String where) {
        for (String word : words.strip().split("\\s+")) {
            if (!DOUBTFUL.matcher(word).matches() && Subnet.parse(word).isPresent()) {
                proxies.add(new Proxy(word, internal));
            } else {
                reading.problems().badValue(line.source(), line.spelling(), Quoted.of(word) + where, RANGE);
            }
        }
    }

    private void addFile(List<Proxy> proxies, Entry line, boolean internal) {
        Path file = reading.path(line.value());
        reading.files().add(file.toAbsolutePath());
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_LIST_FILE_BYTES) {
                Values.bad(reading.problems(), line, "a file of at most 1 MiB with addresses and networks");
                return;
            }
            // Only ASCII has a meaning there; comments may be in any encoding.
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            for (int i = 0; i < lines.size(); i++) {
                String words = withoutComment(lines.get(i));
                if (!words.isBlank()) {
                    add(proxies, line, words, internal, "' at line " + (i + 1) + " of '" + Quoted.of(line.value()));
                }
            }
        } catch (IOException unreadable) {
            Values.bad(reading.problems(), line, "a file that can be read: " + unreadable.getMessage());
        }
    }

    /** A word that begins with {@code #} ends the line, as in httpd. */
    private static String withoutComment(String line) {
        StringBuilder words = new StringBuilder();
        for (String word : line.strip().split("\\s+")) {
            if (word.startsWith("#")) {
                break;
            }
            words.append(word).append(' ');
        }
        return words.toString();
    }
}
