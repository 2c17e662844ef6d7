package org.fairlead.config;

import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.fairlead.model.Settings.ErrorDocument;

/**
 * Reads {@code ErrorDocument}: a text, a URL to redirect to, or a local file. The file of {@code /path} is found
 * through {@code Alias} and {@code DocumentRoot}, as in httpd, and else is a path of the file system.
 */
final class ErrorDocumentReader {
    /** Every status that httpd's table has (RFC 9110 15, RFC 4918, RFC 5842, RFC 6585, RFC 8470 and others). */
    private static final Set<String> STATUSES = Set.of(
            ("100 101 102 103 200 201 202 203 204 205 206 207 208 226 300 301 302 303 304 305 307 308 400 401 402 403 404 405"
                            + " 406 407 408 409 410 411 412 413 414 415 416 417 418 421 422 423 424 425 426 428 429 431 451 500"
                            + " 501 502 503 504 505 506 507 508 510 511")
                    .split(" "));

    private final List<Entry> servers;
    private final Predicate<String> routed;
    private final Reading reading;

    /**
     * @param servers the main server and, for a virtual host, that host after it
     * @param routed whether a route takes a path of the server
     */
    ErrorDocumentReader(List<Entry> servers, Predicate<String> routed, Reading reading) {
        this.servers = servers;
        this.routed = routed;
        this.reading = reading;
    }

    Map<Integer, ErrorDocument> read(List<Entry> lines) {
        Map<Integer, ErrorDocument> documents = new TreeMap<>();
        for (Entry line : lines) {
            String status = line.text("status").strip();
            if (!STATUSES.contains(status)) {
                reading.problems()
                        .badValue(
                                line.source(),
                                line.spelling(),
                                Quoted.of(status),
                                "a status that httpd knows, such as 404 or 503");
                continue;
            }
            document(line).ifPresent(document -> documents.put(Integer.valueOf(status), document));
        }
        return documents;
    }

    private Optional<ErrorDocument> document(Entry line) {
        String written = line.text("document");
        String lower = written.toLowerCase(Locale.ROOT);
        if (Matches.isOn(line, "text")) {
            return Optional.of(new ErrorDocument.Text(written));
        }
        if (lower.equals("default")) {
            return Optional.of(new ErrorDocument.Default());
        }
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            if (written.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
                reading.problems().badValue(line.source(), line.spelling(), Quoted.of(written), "a URL");
                return Optional.empty();
            }
            return Optional.of(new ErrorDocument.Redirect(written));
        }
        if (!written.startsWith("/")) {
            return Optional.of(new ErrorDocument.Text(written));
        }
        return routed.test(written)
                ? Optional.of(new ErrorDocument.Local(written, standIn(file(written))))
                : content(line, written);
    }

    /** The file that stands in for a member's page; nothing depends on it, so a problem with it is none. */
    private static ErrorDocument standIn(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= ErrorDocument.LARGEST) {
                return new ErrorDocument.Content(Files.readAllBytes(file), type(file));
            }
        } catch (IOException unreadable) {
            return new ErrorDocument.Default();
        }
        return new ErrorDocument.Awaited(file, type(file));
    }

    private static String type(Path file) {
        return Optional.ofNullable(URLConnection.guessContentTypeFromName(file.toString()))
                .orElse("text/html");
    }

    private Optional<ErrorDocument> content(Entry line, String written) {
        Path file = file(written);
        String type = type(file);
        if (!Files.exists(file)) {
            reading.problems()
                    .difference(
                            line.source(),
                            line.spelling() + " '" + Quoted.of(written) + "': " + Quoted.of(file.toString())
                                    + " is not there now; as soon as it is, it is sent, and until then a plain page");
            return Optional.of(new ErrorDocument.Awaited(file, type));
        }
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= ErrorDocument.LARGEST) {
                return Optional.of(new ErrorDocument.Content(Files.readAllBytes(file), type));
            }
        } catch (IOException unreadable) {
            reading.problems()
                    .badValue(
                            line.source(),
                            line.spelling(),
                            Quoted.of(written),
                            "a file that can be read: " + file + ": " + unreadable.getMessage());
            return Optional.empty();
        }
        reading.problems()
                .badValue(
                        line.source(),
                        line.spelling(),
                        Quoted.of(written),
                        "a file of at most 1 MiB; looked for " + file + ", which Alias or DocumentRoot can change");
        return Optional.empty();
    }

    private Path file(String written) {
        Optional<Path> aliased = servers.stream()
                .flatMap(server -> server.all("alias").stream())
                .filter(alias -> covers(alias.text("path"), written))
                .max(Comparator.comparingInt(alias -> alias.text("path").length()))
                .map(alias -> reading.path(alias.text("file"))
                        .resolve(rest(written, alias.text("path").length())));
        return aliased.or(() -> servers.stream()
                        .flatMap(server -> server.last("documentroot").stream())
                        .reduce((main, host) -> host)
                        .map(root -> reading.path(root.value()).resolve(rest(written, 1))))
                .orElseGet(() -> reading.path(written))
                .normalize();
    }

    /** The text after a prefix, without leading slashes: a folder in the configuration may end with one or not. */
    private static String rest(String path, int prefix) {
        return path.substring(prefix).replaceFirst("^/+", "");
    }

    private static boolean covers(String alias, String path) {
        return !alias.isEmpty()
                && path.startsWith(alias)
                && (alias.endsWith("/") || path.length() == alias.length() || path.charAt(alias.length()) == '/');
    }
}
