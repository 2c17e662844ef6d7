package org.fairlead.access;

import java.util.ArrayList;
import java.util.List;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Template;

/** The words of a provider's argument, in httpd's quoting; {@code %{NAME}} in them is expanded for each request. */
final class Argument {
    private final List<String> fixed;
    private final Template template;

    private Argument(List<String> fixed, Template template) {
        this.fixed = fixed;
        this.template = template;
    }

    static Argument parse(String text) throws ExpressionException {
        return new Argument(text.indexOf('%') < 0 ? words(text) : List.of(), Template.parse(text));
    }

    List<String> words(Client client) throws EvaluationException {
        return template.toString().indexOf('%') < 0 ? fixed : words(template.text(client.variables()));
    }

    /** Words end at blanks; one that starts with a quote ends at the same quote, and a backslash protects it inside. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char first = text.charAt(at);
            if (isBlank(first)) {
                at++;
                continue;
            }
            boolean quoted = first == '"' || first == '\'';
            StringBuilder word = new StringBuilder();
            at += quoted ? 1 : 0;
            while (at < text.length() && (quoted ? text.charAt(at) != first : !isBlank(text.charAt(at)))) {
                boolean escape = text.charAt(at) == '\\'
                        && at + 1 < text.length()
                        && (text.charAt(at + 1) == '\\' || quoted && text.charAt(at + 1) == first);
                word.append(text.charAt(escape ? at + 1 : at));
                at += escape ? 2 : 1;
            }
            at += quoted ? 1 : 0;
            words.add(word.toString());
        }
        return List.copyOf(words);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
