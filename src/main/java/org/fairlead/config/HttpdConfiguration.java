package org.fairlead.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.FileBasedConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.interpol.ConfigurationInterpolator;

/**
 * A configuration in httpd's syntax as a tree: names of directives in lower case, the file and line of each in the
 * attributes {@code file} and {@code line}. Values are final: variables are already filled in, and nothing in them is
 * looked up again.
 *
 * <p>Mistakes in the text are never exceptions: they go to the {@link Problems}, and the tree holds what could be
 * understood. Use one for one reading; not thread-safe.
 */
final class HttpdConfiguration extends BaseHierarchicalConfiguration implements FileBasedConfiguration {
    private final String name;
    private final transient Problems problems;
    private final transient HttpdFiles files;
    private final transient HttpdVariables variables;

    /**
     * A configuration that comes from a file.
     *
     * @param file the main file, as the operator named it: messages call it so, relative names count from its folder
     * @param defines names that count as {@code Define}d, as httpd's option {@code -D}
     */
    HttpdConfiguration(Path file, Problems problems, Collection<String> defines) {
        this(file.toString(), Optional.of(file), problems, defines, n -> Optional.ofNullable(System.getenv(n)));
    }

    HttpdConfiguration(Path file, Problems problems) {
        this(file, problems, List.of());
    }

    /**
     * @param name what messages call the text
     * @param file empty for text from no file: relative names then count from the working folder
     * @param environment the environment variables
     */
    HttpdConfiguration(
            String name,
            Optional<Path> file,
            Problems problems,
            Collection<String> defines,
            Function<String, Optional<String>> environment) {
        this.name = name;
        this.problems = problems;
        this.files = new HttpdFiles(file);
        this.variables = new HttpdVariables(defines, environment);
        setInterpolator(new ConfigurationInterpolator());
    }

    /** Reads the text of the main file, and with it every file that it includes. */
    @Override
    public void read(Reader in) throws IOException {
        HttpdParser parser = new HttpdParser(name, files, variables, problems, HttpdParser.MAX_LINES);
        getNodeModel().setRootNode(parser.tree(in, name));
    }

    /**
     * Opens and reads the main file.
     *
     * @throws IOException if it cannot be read
     */
    void read() throws IOException {
        try (BufferedReader in = files.openMain()) {
            read(in);
        }
    }

    /** Not possible: what was converted is printed as YAML. */
    @Override
    public void write(Writer out) throws ConfigurationException {
        throw new ConfigurationException("httpd's syntax is only read; a configuration is printed as YAML");
    }

    /** The main file and all that it included, absolute; complete once it was read. */
    Set<Path> files() {
        return files.read();
    }

    /** The places that {@code Include} searched, absolute, absent ones too: a file created or removed there counts. */
    Set<Path> folders() {
        return files.folders();
    }
}
