package org.fairlead.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.fairlead.model.PassPhrase;

/**
 * Fetches the pass phrase of an encrypted key each time it is needed; it is never stored.
 *
 * @param key the program's argument, as in httpd: {@code servername:port:index}
 */
public record PhraseReader(PassPhrase from, String key) {
    /** For keys that must not be encrypted. */
    public static final PhraseReader NONE = new PhraseReader(new PassPhrase.None(), "");

    private static final Duration MAX_PROGRAM_TIME = Duration.ofSeconds(30);
    private static final int MAX_PHRASE_BYTES = 4096;
    private static final String HINT =
            "a key without a pass phrase (openssl pkey -in OLD -out NEW takes it away), or where to find the phrase:"
                    + " SSLPassPhraseDialog exec:/path/to/program or file:/path";

    /** For our own certificate towards members: httpd has no encrypted keys there, so the argument is the file. */
    public static PhraseReader ofMember(PassPhrase from, Path file) {
        return new PhraseReader(from, "proxy:" + file);
    }

    /** @throws PemException if there is no pass phrase */
    public char[] read() throws PemException {
        if (from instanceof PassPhrase.Program program) {
            return output(program.path());
        } else if (from instanceof PassPhrase.File file) {
            return firstLine(file.path());
        }
        throw new PemException(HINT);
    }

    private static char[] firstLine(Path file) throws PemException {
        try (InputStream in = Files.newInputStream(file)) {
            return line(in.readNBytes(MAX_PHRASE_BYTES), "the file " + file + " of SSLPassPhraseDialog");
        } catch (IOException e) {
            throw new PemException("a pass phrase in a file of SSLPassPhraseDialog that may be read: " + file, e);
        }
    }

    private char[] output(Path program) throws PemException {
        String who = "the program " + program + " of SSLPassPhraseDialog";
        try {
            Process process = new ProcessBuilder(program.toString(), key)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            try (InputStream in = process.getInputStream()) {
                // Another thread bounds this read: a program that hangs is terminated, which ends its output.
                process.onExit()
                        .orTimeout(MAX_PROGRAM_TIME.toSeconds(), TimeUnit.SECONDS)
                        .whenComplete((p, late) -> {
                            if (late != null) {
                                process.destroyForcibly();
                            }
                        });
                byte[] said = in.readNBytes(MAX_PHRASE_BYTES);
                int code = process.waitFor();
                if (code != 0) {
                    throw new PemException("a pass phrase from " + who + ", which ended with " + code);
                }
                return line(said, who);
            }
        } catch (IOException e) {
            throw new PemException("a pass phrase from " + who + ", which does not run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PemException("a pass phrase from " + who + ", which was interrupted", e);
        }
    }

    private static char[] line(byte[] said, String who) throws PemException {
        String line =
                new String(said, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw new PemException("a pass phrase from " + who + ", which says nothing");
        }
        return line.toCharArray();
    }
}
