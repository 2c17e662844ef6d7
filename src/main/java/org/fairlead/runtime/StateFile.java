package org.fairlead.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.fairlead.http.Json;
import org.fairlead.http.JsonReader;

/**
 * {@code StateFile}: keeps orders over a restart. New content is written to a file beside it, forced to the disk and
 * renamed over it, so that a process killed at any point leaves the old content or the new one. If it cannot be
 * written, one log line reports it and orders are kept in memory only. Used under the runtime's lock.
 */
final class StateFile {
    private static final System.Logger LOG = System.getLogger("org.fairlead.admin");
    private static final long MAX_BYTES = 16 << 20;

    private boolean failed;
    private String written = "";

    /** Returns the last written content; empty if the file cannot be read, which is logged. */
    Optional<Map<String, Object>> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("more than " + MAX_BYTES + " bytes");
            }
            return Optional.of(JsonReader.object(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "StateFile {0} is not read, its orders are lost: {1}", file, told(e));
            return Optional.empty();
        }
    }

    /** Writes the content, unless it is what was written last. */
    void write(Path file, Map<String, Object> content) {
        String text = Json.of(content) + "\n";
        if (text.equals(written)) {
            return;
        }
        try {
            replace(file, text);
            written = text;
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "StateFile {0} cannot be written, orders end with the process: {1}",
                        file,
                        told(e));
            }
            failed = true;
        }
    }

    private static String told(Exception e) {
        return e instanceof IOException ? e.toString() : e.getMessage();
    }

    private static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("its file system cannot rename over a file", e);
        }
        forceFolder(file.toAbsolutePath().getParent());
    }

    /** Forces the rename, which is stored in the folder; some systems cannot open one. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "folder " + folder + " cannot be forced to the disk", e);
        }
    }
}
