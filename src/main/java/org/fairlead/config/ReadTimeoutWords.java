package org.fairlead.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairlead.model.ReadTimeout;

/** Reads {@code RequestReadTimeout}: words {@code stage=start[-longest][,MinRate=bytes]}. */
final class ReadTimeoutWords {
    private static final Pattern WORD =
            Pattern.compile("(handshake|header|body)=(\\d{1,7})(?:-(\\d{1,7}))?(?:,minrate=(\\d{1,9}))?");
    private static final String EXPECTED =
            "header= and body=, each a number of seconds such as 20, 20-40 or 20-40,MinRate=500";

    private ReadTimeoutWords() {}

    /** Returns what is said of one stage, else the default; all words are looked at, whichever stage is asked for. */
    static ReadTimeout read(Values values, String stage, ReadTimeout otherwise) {
        Optional<Entry> entry = values.entry("requestreadtimeout");
        if (entry.isEmpty()) {
            return otherwise;
        }
        ReadTimeout found = otherwise;
        for (String word :
                List.of(entry.get().value().strip().toLowerCase(Locale.ROOT).split("\\s+"))) {
            Matcher m = WORD.matcher(word);
            Optional<ReadTimeout> one = m.matches() ? timeout(m) : Optional.empty();
            if (one.isEmpty()) {
                // Both stages read the same words: only one of them reports an error.
                if (stage.equals("header")) {
                    values.bad(entry.get(), EXPECTED);
                }
                return otherwise;
            }
            if (m.group(1).equals(stage)) {
                found = one.get();
            }
        }
        return found;
    }

    /** Empty where the range runs backwards or does not go with the rate, which alone would extend it. */
    private static Optional<ReadTimeout> timeout(Matcher m) {
        Duration start = Duration.ofSeconds(Long.parseLong(m.group(2)));
        Duration longest = m.group(3) == null ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(m.group(3)));
        int rate = m.group(4) == null ? 0 : Integer.parseInt(m.group(4));
        boolean backwards = m.group(3) != null && longest.compareTo(start) < 0;
        return backwards || m.group(3) != null && rate == 0
                ? Optional.empty()
                : Optional.of(new ReadTimeout(start, longest, rate));
    }
}
