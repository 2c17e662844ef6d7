package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** The arguments of mod_alias, mod_env and mod_setenvif. Stateless. */
final class HttpdRuleArguments {
    private static final Set<String> STATUS_WORDS = Set.of("permanent", "temp", "seeother", "gone");

    private HttpdRuleArguments() {}

    /** {@code [status] [path] [URL]}: what the first word is decides what the others are, as in httpd. */
    static List<ImmutableNode> redirect(HttpdCall call) {
        String key = call.directive().key();
        List<String> words = call.all();
        boolean fixed = key.equals("redirectpermanent") || key.equals("redirecttemp");
        if (words.isEmpty() || words.size() > (fixed ? 2 : 3) || fixed && words.size() == 1) {
            return call.refuse(fixed ? "takes two arguments" : "takes one to three arguments");
        }
        boolean named = !fixed && isStatus(words.get(0));
        if (words.size() == 3 && !named) {
            return call.refuse("'" + Quoted.of(words.get(0)) + "' is no status");
        }
        Optional<String> status = named ? Optional.of(words.remove(0).toLowerCase(Locale.ROOT)) : Optional.empty();
        HttpdNode node = call.node();
        if (fixed) {
            status = Optional.of(key.equals("redirectpermanent") ? "permanent" : "temp");
        }
        status.ifPresent(s -> node.with("status", s));
        boolean section = call.place() != Directive.Place.SERVER && call.place() != Directive.Place.HOST;
        boolean leads = status.map(HttpdRuleArguments::leads).orElse(true);
        if (section && words.size() == (leads ? 1 : 0)) {
            words.forEach(url -> node.with("url", url));
            return List.of(node.build());
        }
        if (words.isEmpty()) {
            return call.refuse("names no path");
        }
        node.with("path", words.get(0));
        if (words.size() == 2) {
            node.with("url", words.get(1));
        }
        return List.of(node.flag("regex", key.equals("redirectmatch")).build());
    }

    private static boolean isStatus(String word) {
        return STATUS_WORDS.contains(word.toLowerCase(Locale.ROOT)) || word.matches("\\d.*");
    }

    private static boolean leads(String status) {
        return !status.equals("gone") && (STATUS_WORDS.contains(status) || status.startsWith("3"));
    }

    static List<ImmutableNode> setEnv(HttpdCall call) {
        List<String> words = call.all();
        if (words.isEmpty() || words.size() > 2) {
            return call.refuse("takes one or two arguments");
        }
        HttpdNode node = call.node().with("name", words.get(0));
        return List.of((words.size() == 2 ? node.with("value", words.get(1)) : node).build());
    }

    /** @param flag what each of the names is to be: {@code unset} or {@code pass} */
    static List<ImmutableNode> eachEnv(HttpdCall call, String flag) {
        List<String> words = call.all();
        if (words.isEmpty()) {
            return call.refuse("takes at least one argument");
        }
        return words.stream()
                .map(name -> call.node().with("name", name).flag(flag, true).build())
                .toList();
    }

    static List<ImmutableNode> setEnvIf(HttpdCall call) {
        List<String> words = new ArrayList<>(call.all());
        HttpdNode node = call.node();
        Directive.Shape shape = call.directive().shape();
        if (shape == Directive.Shape.BROWSER_MATCH) {
            words.add(0, "User-Agent");
        }
        int tests = shape == Directive.Shape.SET_ENV_IF_EXPR ? 1 : 2;
        if (words.size() <= tests) {
            return call.refuse("sets no variable");
        }
        if (tests == 1) {
            node.with("expression", words.get(0));
        } else {
            node.with("attribute", words.get(0)).with("pattern", words.get(1));
            node.flag("nocase", call.directive().key().endsWith("nocase"));
        }
        words.subList(tests, words.size()).forEach(word -> node.with("set", word));
        return List.of(node.build());
    }

    /** {@code <If>} and {@code <ElseIf>}, whose expression is one word, and {@code <Else>}. */
    static List<ImmutableNode> choice(HttpdCall call) {
        String expression = call.next();
        if (expression.isEmpty() || call.hasNext()) {
            return call.refuse("takes one expression, in quotes");
        }
        return List.of(call.node("expression").value(expression).build());
    }
}
