package org.fairlead.config;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.fairlead.model.RecorderConfig;

/** Reads {@code RequestRecorder On [entries=512] [sample=1000] [slow=5] [memory=16M] [token=text]}. */
final class RecorderReader {
    private static final String DIRECTIVE = "requestrecorder";
    private static final int MAX_ENTRIES = 100_000;
    private static final int MIN_SLOW = 2;
    private static final int MAX_SLOW = 1000;
    private static final long MIN_BYTES = 64 * 1024;
    private static final int MIN_TOKEN_LENGTH = 16;

    private final Values values;
    private final Entry entry;
    private RecorderConfig read = new RecorderConfig(
            true,
            RecorderConfig.OFF.entries(),
            RecorderConfig.OFF.sample(),
            RecorderConfig.OFF.slow(),
            RecorderConfig.OFF.maxBytes(),
            Optional.empty());

    private RecorderReader(Values values, Entry entry) {
        this.values = values;
        this.entry = entry;
    }

    static RecorderConfig read(Values server) {
        Optional<Entry> entry = server.entry(DIRECTIVE);
        return entry.isEmpty() ? RecorderConfig.OFF : new RecorderReader(server, entry.get()).read();
    }

    private RecorderConfig read() {
        String[] words = entry.value().strip().split("\\s+");
        if (words.length == 1 && words[0].equalsIgnoreCase("off")) {
            return RecorderConfig.OFF;
        }
        if (!words[0].equalsIgnoreCase("on")) {
            values.bad(entry, "On or Off, and then entries=, sample=, slow=, memory= or token=");
            return RecorderConfig.OFF;
        }
        for (int i = 1; i < words.length; i++) {
            set(words[i]);
        }
        return read;
    }

    private void set(String word) {
        int at = word.indexOf('=');
        String value = word.substring(at + 1);
        switch (at < 0 ? "" : word.substring(0, at).toLowerCase(Locale.ROOT)) {
            case "entries" ->
                read = new RecorderConfig(
                        true,
                        number("entries", value, 1, MAX_ENTRIES),
                        read.sample(),
                        read.slow(),
                        read.maxBytes(),
                        read.token());
            case "sample" ->
                read = new RecorderConfig(
                        true,
                        read.entries(),
                        number("sample", value, 0, Integer.MAX_VALUE),
                        read.slow(),
                        read.maxBytes(),
                        read.token());
            case "slow" ->
                read = new RecorderConfig(
                        true,
                        read.entries(),
                        read.sample(),
                        number("slow", value, MIN_SLOW, MAX_SLOW),
                        read.maxBytes(),
                        read.token());
            case "memory" ->
                read = new RecorderConfig(true, read.entries(), read.sample(), read.slow(), bytes(value), read.token());
            case "token" ->
                read = new RecorderConfig(
                        true, read.entries(), read.sample(), read.slow(), read.maxBytes(), token(value));
            default -> values.bad(entry, "entries=, sample=, slow=, memory= or token= behind On");
        }
    }

    private int number(String name, String value, int min, int max) {
        if (value.matches("\\d{1,9}") && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max) {
            return Integer.parseInt(value);
        }
        values.bad(entry, name + "= from " + min + " to " + max);
        return min;
    }

    private long bytes(String value) {
        OptionalLong size = Units.size(value);
        if (size.isPresent() && size.getAsLong() >= MIN_BYTES) {
            return size.getAsLong();
        }
        values.bad(entry, "memory= of 64K or more, such as 16M");
        return RecorderConfig.OFF.maxBytes();
    }

    private Optional<String> token(String value) {
        if (value.length() >= MIN_TOKEN_LENGTH) {
            return Optional.of(value);
        }
        values.bad(entry, "token= of " + MIN_TOKEN_LENGTH + " or more characters");
        return Optional.empty();
    }
}
