package org.fairlead.route;

import java.util.Optional;
import org.fairlead.expression.EvaluationException;
import org.fairlead.http.Bytes;
import org.fairlead.model.HeaderRule;
import org.fairlead.route.HeaderRules.Context;

/**
 * The format strings of {@code Header} and {@code RequestHeader}. Their parts are {@code %{NAME}e}, {@code %{NAME}s},
 * {@code %t}, {@code %D}, {@code %%}, and a backslash before {@code n}, {@code r}, {@code t} or itself. The other form
 * is {@code expr=} and a string expression.
 */
final class HeaderFormat {
    private static final String UNKNOWN = "(null)";
    private static final String EXPRESSION = "expr=";

    private HeaderFormat() {}

    /** The error in a format string, as the end of a sentence that names it; empty if there is none. */
    static Optional<String> check(String format) {
        for (int i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i + 1)) {
            int tag = i + 1;
            boolean named = format.startsWith("{", tag);
            if (named) {
                int close = format.indexOf('}', tag);
                if (close < 0) {
                    return Optional.of("%{ without } (expected: %{NAME}e or %{NAME}s)");
                }
                tag = close + 1;
            }
            char c = tag < format.length() ? format.charAt(tag) : '%';
            if (!(named ? "es" : "tD%").contains(String.valueOf(c))) {
                return Optional.of("unknown format '" + format.substring(i, Math.min(tag + 1, format.length()))
                        + "' (expected: %t, %D, %{NAME}e, %{NAME}s or %%)");
            }
            i = tag;
        }
        return Optional.empty();
    }

    /** The value of a rule for this message. Nothing in it can end a field line. */
    static String expand(HeaderRule rule, Context context) {
        if (!rule.value().startsWith(EXPRESSION)) {
            return expand(rule.value(), context);
        }
        try {
            String text = ExpressionCache.template(rule.value().substring(EXPRESSION.length()))
                    .text(context.variables());
            return FieldValue.clean(text);
        } catch (EvaluationException e) {
            Undecided.tell(rule.source(), e);
            return "";
        }
    }

    /** Expands a format string. Nothing in the result can end a field line. */
    static String expand(String format, Context context) {
        String text = Bytes.of(format);
        if (text.indexOf('%') < 0 && text.indexOf('\\') < 0) {
            return FieldValue.clean(text);
        }
        StringBuilder result = new StringBuilder(text.length() + 32);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '%') {
                i = tag(text, i, context, result);
            } else if (c == '\\' && i + 1 < text.length()) {
                i = escape(text, i, result);
            } else {
                result.append(c);
                i++;
            }
        }
        return FieldValue.clean(result.toString());
    }

    private static int escape(String text, int at, StringBuilder result) {
        char c = text.charAt(at + 1);
        switch (c) {
            case '\\' -> result.append('\\');
            case 'n' -> result.append('\n');
            case 'r' -> result.append('\r');
            case 't' -> result.append('\t');
            default -> {
                result.append('\\');
                return at + 1;
            }
        }
        return at + 2;
    }

    /** @return the position where the text goes on */
    private static int tag(String text, int at, Context context, StringBuilder result) {
        int tag = at + 1;
        String name = "";
        if (text.startsWith("{", tag)) {
            int close = text.indexOf('}', tag);
            name = text.substring(tag + 1, close);
            tag = close + 1;
        }
        switch (tag < text.length() ? text.charAt(tag) : '%') {
            case 'e' ->
                result.append(Bytes.ofVariable(
                        context.exchange().environment().get(name).orElse(UNKNOWN)));
            case 's' -> {
                String value = serverVariable(name, context);
                result.append(value.isEmpty() ? UNKNOWN : value);
            }
            case 't' -> result.append("t=").append(context.start().epochMicros());
            case 'D' -> result.append("D=").append(context.start().elapsedMicros());
            default -> result.append('%');
        }
        return tag + 1;
    }

    /** The variables of mod_ssl: its own, and those of every request ({@code REMOTE_ADDR}, {@code HTTPS}). */
    private static String serverVariable(String name, Context context) {
        if (name.startsWith("ENV:")) {
            return context.exchange().environment().get(name.substring(4)).orElse("");
        }
        String value = context.variables().variable(name);
        return name.startsWith("SSL_") ? Bytes.of(value) : value;
    }
}
