package org.fairlead.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.fairlead.model.ProxyConfig;
import org.fairlead.model.Source;

/**
 * Loads a configuration from a file or from text, and reports all its errors at once. It keeps no state between two
 * loads, so one loader may be used by several threads.
 */
public final class ConfigLoader {
    private static final String FORMATS = ".conf (httpd's syntax), .yaml, .yml, .json, .properties or .xml";
    private static final long MAX_FILE_BYTES = 16 << 20;

    /**
     * Reads a file, whose extension determines its format.
     *
     * @throws ConfigException with every problem that was found
     */
    public LoadedConfig load(Path file) throws ConfigException {
        Problems problems = new Problems();
        Source source = new Source(file.toString(), 0);
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!isUsable(file, source, problems)) {
            throw new ConfigException(problems.all());
        }
        try {
            return read(new Text(file, format), problems);
        } catch (IOException unreadable) {
            problems.error(source, "cannot be read (expected: a text file in UTF-8): " + unreadable.getMessage());
            throw new ConfigException(problems.all());
        }
    }

    /**
     * Reads a configuration that is no file of its own, such as a sample. Relative names count from the working folder.
     *
     * @param format {@code conf}, {@code yaml}, {@code json}, {@code properties} or {@code xml}
     * @param name what messages call it
     */
    public LoadedConfig load(String text, String format, String name) throws ConfigException {
        try {
            return read(new Text(Optional.empty(), name, format, () -> new StringReader(text)), new Problems());
        } catch (IOException impossible) {
            throw new IllegalStateException("a text in memory", impossible);
        }
    }

    /**
     * Makes the configuration of {@code --balance}: one balancer of these members for every path.
     *
     * @param port where to listen; 0 = any free port
     */
    public LoadedConfig balance(List<String> urls, String listen) throws ConfigException {
        String name = "--balance";
        Problems problems = new Problems();
        TreeBuilder root = new TreeBuilder("", name, 0);
        root.child("listen", 0).value(listen);
        TreeBuilder balancer = root.child("proxy", 0);
        balancer.child("url", 0).value("balancer://fairlead");
        urls.forEach(url -> balancer.child("balancermember", 0).value(url.strip()));
        TreeBuilder route = root.child("proxypass", 0);
        route.child("path", 0).value("/");
        route.child("url", 0).value("balancer://fairlead/");
        TreeBuilder reverse = root.child("proxypassreverse", 0);
        reverse.child("path", 0).value("/");
        reverse.child("url", 0).value("balancer://fairlead/");
        return finish(root.build(), name, true, new Reading(problems, Path.of("")));
    }

    private static boolean isUsable(Path file, Source source, Problems problems) {
        try {
            if (!Files.exists(file)) {
                problems.error(source, "no such file (expected: the path of a configuration, " + FORMATS + ")");
            } else if (Files.isDirectory(file)) {
                problems.error(source, "is a folder (expected: a file in it, " + FORMATS + ")");
            } else if (!Files.isReadable(file)) {
                problems.error(
                        source,
                        "may not be read by the user " + System.getProperty("user.name")
                                + " (expected: read permission for that user)");
            } else if (Files.size(file) > MAX_FILE_BYTES) {
                problems.error(source, "is larger than 16 MiB (expected: a configuration)");
            }
        } catch (IOException unreadable) {
            problems.error(source, "cannot be read: " + unreadable.getMessage());
        }
        return problems.errors().isEmpty();
    }

    /** What is read: a file, or a text in memory. */
    private record Text(Optional<Path> file, String name, String format, Opener opener) {
        /** Opens it anew. */
        interface Opener {
            Reader open() throws IOException;
        }

        Text(Path file, String format) {
            this(
                    Optional.of(file),
                    file.toString(),
                    format,
                    () -> Files.newBufferedReader(file, StandardCharsets.UTF_8));
        }

        Path folder() {
            return file.map(f -> f.toAbsolutePath().normalize().getParent())
                    .orElse(Path.of("").toAbsolutePath());
        }
    }

    private static LoadedConfig read(Text text, Problems problems) throws IOException, ConfigException {
        Reading reading = new Reading(problems, text.folder());
        text.file().ifPresent(file -> reading.files().add(file.toAbsolutePath().normalize()));
        if (text.format().equals("conf")) {
            HttpdConfiguration tree = new HttpdConfiguration(
                    text.name(), text.file(), problems, List.of(), name -> Optional.ofNullable(System.getenv(name)));
            if (text.file().isPresent()) {
                tree.read();
            } else {
                try (Reader in = text.opener().open()) {
                    tree.read(in);
                }
            }
            reading.files().addAll(tree.files());
            reading.searched().addAll(tree.folders());
            return finish(tree.getNodeModel().getNodeHandler().getRootNode(), text.name(), false, reading);
        }
        Optional<NativeFormat> format = nativeFormat(text.format());
        if (format.isEmpty()) {
            problems.error(new Source(text.name(), 0), "format '" + text.format() + "' (expected: " + FORMATS + ")");
            throw new ConfigException(problems.all());
        }
        NativeSource source = new NativeSource(text.name(), Interpolation.ofProcess(), problems);
        NativeConfiguration tree = new NativeConfiguration(format.get(), source);
        try (Reader in = text.opener().open()) {
            tree.read(in);
        }
        if (source.isBroken()) {
            throw new ConfigException(problems.inOrderOfLines());
        }
        return finish(tree.root(), text.name(), true, reading);
    }

    private static Optional<NativeFormat> nativeFormat(String name) {
        return switch (name) {
            case "yaml", "yml" -> Optional.of(new YamlFormat());
            case "json" -> Optional.of(new JsonFormat());
            case "properties" -> Optional.of(new PropertiesFormat());
            case "xml" -> Optional.of(new XmlFormat());
            default -> Optional.empty();
        };
    }

    private static LoadedConfig finish(ImmutableNode tree, String name, boolean strict, Reading reading)
            throws ConfigException {
        Problems problems = reading.problems();
        Entry root = Entry.root(tree, name);
        Schema.check(root, strict, problems);
        ProxyConfig config = new TreeReader(root, reading).read();
        ClaimNotices.tell(root, problems);
        VariableNotices.tell(root, problems);
        ReloadTrigger reload = ReloadTrigger.read(Values.in(root, problems));
        List<Problem> told = problems.inOrderOfLines();
        if (problems.errorCount() > 0) {
            Set<Path> places = new LinkedHashSet<>(reading.files());
            places.addAll(reading.searched());
            throw new ConfigException(told, places);
        }
        return new LoadedConfig(
                config,
                told,
                reading.files(),
                reading.searched(),
                ConnectorDirectives.of(root),
                reload,
                EffectiveYaml.of(root, told));
    }
}
