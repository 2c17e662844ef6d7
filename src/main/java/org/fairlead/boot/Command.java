package org.fairlead.boot;

import java.nio.file.Path;
import java.util.List;

/** What the command line asks for. */
sealed interface Command {
    /** {@code --config FILE}. */
    record Serve(Path file) implements Command {}

    /** {@code --balance URL,URL…}. */
    record Balance(List<String> urls, int port) implements Command {}

    /** {@code --demo}. */
    record Demo(int port) implements Command {}

    /** {@code --check FILE}. */
    record Check(Path file) implements Command {}

    /** {@code --print FILE}. */
    record Print(Path file) implements Command {}

    /** {@code --archive-classes FILE}. */
    record ArchiveClasses(Path file) implements Command {}

    /** {@code --help}. */
    record Help() implements Command {}

    /** {@code --version}. */
    record Version() implements Command {}
}
