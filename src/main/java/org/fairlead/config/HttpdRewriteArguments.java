package org.fairlead.config;

import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * The arguments of mod_rewrite's directives, which it cuts into words by itself: a backslash protects a blank and is
 * kept, and quotes protect everything up to the next one of their kind. Stateless.
 */
final class HttpdRewriteArguments {
    private HttpdRewriteArguments() {}

    /** Two words and, in brackets, the flags. */
    private record Words(String first, String second, Optional<String> third) {}

    static List<ImmutableNode> rule(HttpdCall call) {
        return node(call, "pattern", "substitution");
    }

    static List<ImmutableNode> condition(HttpdCall call) {
        return node(call, "test", "pattern");
    }

    private static List<ImmutableNode> node(HttpdCall call, String first, String second) {
        Optional<Words> words = words(call.arguments());
        if (words.isEmpty()) {
            return call.refuse("needs two arguments");
        }
        HttpdNode node = call.node()
                .with(first, words.get().first())
                .with(second, words.get().second());
        if (words.get().third().isPresent()) {
            String flags = words.get().third().get();
            if (!flags.startsWith("[") || !flags.endsWith("]") || flags.length() < 2) {
                return call.refuse("the third argument is '" + Quoted.of(flags) + "', not flags in brackets");
            }
            node.with("flags", flags.substring(1, flags.length() - 1));
        }
        return List.of(node.build());
    }

    static List<ImmutableNode> map(HttpdCall call) {
        String name = call.next();
        String source = call.next();
        if (source.isEmpty()) {
            return call.refuse("takes a name and a source");
        }
        return List.of(call.node()
                .with("name", name)
                .with("source", withFile(call, source))
                .build());
    }

    /** A file's name is made absolute as httpd does with ServerRoot; without a type it is that of a text. */
    private static String withFile(HttpdCall call, String source) {
        int colon = source.indexOf(':');
        String type = colon < 0 ? "" : source.substring(0, colon);
        if (type.equalsIgnoreCase("txt") || type.equalsIgnoreCase("rnd")) {
            return source.substring(0, colon + 1) + call.file(source.substring(colon + 1));
        }
        return source.matches("[A-Za-z=]+:.*") ? source : "txt:" + call.file(source);
    }

    private static Optional<Words> words(String line) {
        Scanner scanner = new Scanner(line);
        Optional<String> first = scanner.word(false);
        Optional<String> second = first.isEmpty() || !scanner.hasNext() ? Optional.empty() : scanner.word(true);
        if (second.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> third = scanner.hasNext() ? scanner.word(true) : Optional.empty();
        return Optional.of(new Words(first.get(), second.get(), third));
    }

    /** Cuts one line. */
    private static final class Scanner {
        private final String line;
        private int at;

        Scanner(String line) {
            this.line = line;
            skipBlanks();
        }

        boolean hasNext() {
            return at < line.length();
        }

        /** Empty if the line ends inside a word that another one must follow. */
        Optional<String> word(boolean mayEnd) {
            char quote = hasNext() && (line.charAt(at) == '"' || line.charAt(at) == '\'') ? line.charAt(at++) : 0;
            int start = at;
            while (at < line.length() && !ends(line.charAt(at), quote)) {
                boolean protects =
                        line.charAt(at) == '\\' && at + 1 < line.length() && HttpdWords.isBlank(line.charAt(at + 1));
                at += protects ? 2 : 1;
            }
            if (at >= line.length() && !mayEnd) {
                return Optional.empty();
            }
            String word = line.substring(start, Math.min(at, line.length()));
            at = Math.min(at + 1, line.length());
            skipBlanks();
            return Optional.of(word);
        }

        private static boolean ends(char c, char quote) {
            return quote == 0 ? HttpdWords.isBlank(c) : c == quote;
        }

        private void skipBlanks() {
            while (at < line.length() && HttpdWords.isBlank(line.charAt(at))) {
                at++;
            }
        }
    }
}
