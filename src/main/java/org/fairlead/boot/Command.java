package org.fairlead.boot;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Command that the command line asks for. */
sealed interface Command {
    /** {@code --config FILE}. */
    record Serve(Path file) implements Command {}

    /** {@code --balance URL,URL…}. @param listen address and port, as after {@code Listen} */
    record Balance(List<String> urls, String listen) implements Command {}

    /** {@code --demo}. @param listen address and port, as after {@code Listen} */
    record Demo(String listen) implements Command {}

    /**
     * {@code --check FILE}.
     *
     * @param strict {@code --strict}: what differs from httpd counts as an error
     */
    record Check(Path file, boolean strict) implements Command {}

    /** {@code --print FILE}. */
    record Print(Path file) implements Command {}

    /**
     * {@code --explain FILE REQUEST}.
     *
     * @param request {@code METHOD URL}
     * @param fields {@code -H}, each {@code NAME: VALUE}
     * @param client {@code --client}
     * @param json {@code --json}
     * @param showsSecrets {@code --show-secrets}
     */
    record Explain(Path file, String request, List<String> fields, String client, boolean json, boolean showsSecrets)
            implements Command {}

    /**
     * {@code --diff OLD NEW [REQUEST]}.
     *
     * @param request {@code METHOD URL}; empty = every boundary of both files
     * @param fields {@code -H}, each {@code NAME: VALUE}
     * @param client {@code --client}
     */
    record Diff(Path old, Path next, Optional<String> request, List<String> fields, String client) implements Command {}

    /**
     * {@code --status}, {@code --drain}, {@code --enable}, {@code --disable}, {@code --weight}.
     *
     * @param name which of them, without the dashes
     * @param arguments URL, and but for the status balancer, member and for the weight its number
     * @param patience {@code --wait}: empty = not at all
     * @param reason {@code --reason}
     */
    record Operate(String name, List<String> arguments, Optional<String> patience, String reason) implements Command {}

    /** {@code --archive-classes FILE}. */
    record ArchiveClasses(Path file) implements Command {}

    /** {@code --help}. */
    record Help() implements Command {}

    /** {@code --version}. */
    record Version() implements Command {}
}
