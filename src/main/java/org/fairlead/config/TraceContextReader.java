package org.fairlead.config;

import java.util.Locale;
import java.util.Optional;
import org.fairlead.model.TraceContextConfig;
import org.fairlead.model.TraceContextConfig.Mode;

/** Reads {@code TraceContext pass|join|restart [sample=0.1]}. */
final class TraceContextReader {
    private static final String SAMPLE = "sample=";

    private TraceContextReader() {}

    static Optional<TraceContextConfig> read(Values values) {
        return values.entry("tracecontext").flatMap(entry -> read(values, entry));
    }

    private static Optional<TraceContextConfig> read(Values values, Entry entry) {
        String[] words = entry.value().strip().toLowerCase(Locale.ROOT).split("\\s+");
        boolean sampled = words.length == 2 && words[1].startsWith(SAMPLE);
        Optional<Mode> mode = switch (words[0]) {
            case "pass" -> Optional.of(Mode.PASS);
            case "join" -> Optional.of(Mode.JOIN);
            case "restart" -> Optional.of(Mode.RESTART);
            default -> Optional.empty();
        };
        String number = sampled ? words[1].substring(SAMPLE.length()) : "1";
        boolean fits = number.matches("0|1|0?\\.\\d{1,9}|1\\.0{1,9}");
        if (mode.isEmpty() || words.length > 1 && !sampled || !fits) {
            values.bad(entry, "pass, join or restart, and then sample= from 0 to 1, such as sample=0.1");
            return Optional.empty();
        }
        return Optional.of(new TraceContextConfig(mode.get(), Double.parseDouble(number)));
    }
}
