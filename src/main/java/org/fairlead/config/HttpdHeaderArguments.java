package org.fairlead.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** The arguments of {@code Header} and {@code RequestHeader}, split as by mod_headers. Stateless. */
final class HttpdHeaderArguments {
    private static final Set<String> ACTIONS =
            Set.of("set", "setifempty", "add", "append", "merge", "unset", "echo", "edit", "edit*", "note");

    private HttpdHeaderArguments() {}

    static List<ImmutableNode> rule(HttpdCall call) {
        HttpdNode node = call.node();
        boolean response = call.directive().shape() == Directive.Shape.HEADER;
        String action = call.next().toLowerCase(Locale.ROOT);
        if (response && (action.equals("always") || action.equals("onsuccess"))) {
            node.flag("always", action.equals("always"));
            action = call.next().toLowerCase(Locale.ROOT);
        }
        if (!ACTIONS.contains(action) || action.equals("echo") && !response) {
            return call.refuse(action.isEmpty() ? "has no action" : "'" + action + "' is no action");
        }
        String name = nameOnly(call.next());
        if (name.isEmpty()) {
            return call.refuse("names no header field");
        }
        node.with("action", action).with("name", name);
        if (!value(call, node, action)) {
            return call.refuse(action.startsWith("edit") ? "needs a pattern and a value" : "needs a value");
        }
        if (call.hasNext() && !condition(call.next(), node)) {
            return call.refuse("the last argument is no condition" + hintAtQuotes(action));
        }
        return call.hasNext() ? call.refuse("has too many arguments") : List.of(node.build());
    }

    /** {@code Header set X-A: b} is allowed; the colon is no part of the name. */
    private static String nameOnly(String word) {
        int colon = word.indexOf(':');
        return colon < 0 ? word : word.substring(0, colon);
    }

    private static boolean value(HttpdCall call, HttpdNode node, String action) {
        if (action.equals("unset") || action.equals("echo")) {
            return true;
        }
        if (action.startsWith("edit")) {
            if (!call.hasNext()) {
                return false;
            }
            node.with("pattern", call.next());
        }
        if (!call.hasNext()) {
            return false;
        }
        node.with("value", call.next());
        return true;
    }

    private static String hintAtQuotes(String action) {
        return action.equals("unset") || action.equals("echo") ? "" : "; a value of several words stands in quotes";
    }

    private static boolean condition(String word, HttpdNode node) {
        if (word.equalsIgnoreCase("early")) {
            node.flag("early", true);
            return true;
        }
        return node.condition(word);
    }
}
