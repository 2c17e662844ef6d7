package org.fairlead.expression;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.fairlead.http.Bytes;

/**
 * A regular expression as httpd understands it (PCRE with httpd's defaults: a dot matches a newline, and {@code $} only
 * the very end), looked for anywhere in a text, in bounded time. Immutable and thread-safe.
 *
 * <p>Texts are bytes in ISO-8859-1 chars, like field values; a pattern beyond ASCII stands for its UTF-8 bytes, so both
 * sides are compared byte by byte as httpd does.
 */
public final class Regex {
    /**
     * Characters that one match may look at. A match of a usual pattern in a usual field needs a few hundred; this many
     * take some ten milliseconds.
     */
    static final int MAX_STEPS = 2_000_000;

    private static final int MAX_CAPTURES = 10;

    private final String source;
    private final Pattern pattern;
    private final int groups;
    private final Map<String, Integer> names;

    /** A letter behind the pattern. */
    public enum Flag {
        /** {@code i}: without case, ASCII letters only. */
        IGNORE_CASE('i', Pattern.CASE_INSENSITIVE),
        /** {@code m}: {@code ^} and {@code $} match at every line's ends. */
        MULTI_LINE('m', Pattern.MULTILINE),
        /** {@code s}: a dot matches a newline, as it always does. */
        DOT_ALL('s', Pattern.DOTALL);

        private final char letter;
        private final int bit;

        Flag(char letter, int bit) {
            this.letter = letter;
            this.bit = bit;
        }

        static Optional<Flag> of(char letter) {
            for (Flag flag : values()) {
                if (flag.letter == letter) {
                    return Optional.of(flag);
                }
            }
            return Optional.empty();
        }
    }

    private Regex(String source, Pattern pattern, Map<String, Integer> names) {
        this.source = source;
        this.pattern = pattern;
        this.groups = pattern.matcher("").groupCount();
        this.names = names;
    }

    public static Regex compile(String pattern) throws ExpressionException {
        return compile(pattern, Set.of());
    }

    /**
     * Reads a pattern.
     *
     * @throws ExpressionException with the position in {@code pattern}, if it is none, or one that cannot be bounded
     */
    public static Regex compile(String pattern, Set<Flag> flags) throws ExpressionException {
        int bits = Pattern.DOTALL | Pattern.UNIX_LINES;
        for (Flag flag : flags) {
            bits |= flag.bit;
        }
        RegexTranslator.Translation java =
                RegexTranslator.translate(Bytes.of(pattern), flags.contains(Flag.MULTI_LINE));
        try {
            return new Regex(pattern, Pattern.compile(java.pattern(), bits), java.names());
        } catch (PatternSyntaxException e) {
            throw new ExpressionException(1, pattern, "a regular expression: " + e.getDescription());
        } catch (StackOverflowError e) {
            throw new ExpressionException(1, pattern, "a shorter regular expression");
        }
    }

    /** How many groups the pattern has, without the whole match. */
    public int groups() {
        return groups;
    }

    /** The groups that have a name: their numbers by their names. */
    public Map<String, Integer> names() {
        return names;
    }

    /** Whether the pattern occurs in the text. */
    public boolean test(String text) throws EvaluationException {
        return search(text, MAX_STEPS).isPresent();
    }

    /** As {@link #test(String)}, of which the work is counted with that of others. */
    public boolean test(String text, Steps steps) throws EvaluationException {
        return occurrences(text, steps).next();
    }

    /** The places of a text in which the pattern is found, one after the other. */
    public Occurrences occurrences(String text, Steps steps) {
        return new Occurrences(source, pattern, text, steps);
    }

    /** The first occurrence's groups; empty if there is none. */
    public Optional<Captures> find(String text) throws EvaluationException {
        return search(text, MAX_STEPS).map(this::captures);
    }

    /** As {@link #find(String)}, of which the work is counted with that of others. */
    public Optional<Captures> find(String text, Steps steps) throws EvaluationException {
        BoundedText bounded = new BoundedText(text, Math.min(MAX_STEPS, steps.left()));
        Optional<Captures> found = search(text, bounded).map(this::captures);
        steps.spend(Math.min(MAX_STEPS, steps.left()) - bounded.left());
        return found;
    }

    private Optional<Matcher> search(String text, int steps) throws EvaluationException {
        return search(text, new BoundedText(text, steps));
    }

    private Optional<Matcher> search(String text, BoundedText bounded) throws EvaluationException {
        Matcher matcher = pattern.matcher(bounded);
        try {
            return matcher.find() ? Optional.of(matcher) : Optional.empty();
        } catch (BoundedText.Exhausted | StackOverflowError e) {
            // A stack that is used up is the same finding: alternatives inside a repetition take frames for each step.
            throw exhausted(source, text);
        }
    }

    static EvaluationException exhausted(String source, String text) {
        return new EvaluationException(
                "pattern '" + source + "' takes too many steps on a text of " + text.length() + " characters");
    }

    private Captures captures(Matcher matcher) {
        String[] found = new String[Math.min(groups + 1, MAX_CAPTURES)];
        for (int i = 0; i < found.length; i++) {
            String group = matcher.group(i);
            found[i] = group == null ? "" : group;
        }
        return new Captures(found);
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return source;
    }
}
