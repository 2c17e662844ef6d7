package org.fairlead.config;

import java.nio.file.Files;
import java.nio.file.Path;
import org.fairlead.model.PassPhrase;

/** Reads where the pass phrases of encrypted keys come from ({@code SSLPassPhraseDialog}). */
final class PassPhraseReader {
    private static final String EXEC = "exec:";
    private static final String FILE = "file:";

    private PassPhraseReader() {}

    /** @param root the main server, where the one such line stands */
    static PassPhrase read(Entry root, Reading reading) {
        return root.last("sslpassphrasedialog")
                .map(entry -> dialog(entry, reading))
                .orElse(new PassPhrase.None());
    }

    private static PassPhrase dialog(Entry entry, Reading reading) {
        String text = entry.value().strip();
        if (text.startsWith(EXEC)) {
            Path program = reading.path(text.substring(EXEC.length()));
            if (!Files.isExecutable(program) || Files.isDirectory(program)) {
                Values.bad(reading.problems(), entry, "a program that may be run: " + program.toAbsolutePath());
            }
            return new PassPhrase.Program(program);
        } else if (text.startsWith(FILE)) {
            Path file = reading.path(text.substring(FILE.length()));
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                Values.bad(reading.problems(), entry, "a file that may be read: " + file.toAbsolutePath());
            }
            return new PassPhrase.File(file);
        } else if (!text.equals("builtin")) {
            Values.bad(reading.problems(), entry, "exec:/path/to/program, file:/path or builtin");
        }
        return new PassPhrase.None();
    }
}
