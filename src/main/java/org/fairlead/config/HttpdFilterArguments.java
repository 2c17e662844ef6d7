package org.fairlead.config;

import java.util.List;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** The arguments of mod_filter, mod_mime and mod_deflate. Stateless. */
final class HttpdFilterArguments {
    private HttpdFilterArguments() {}

    /** {@code filter[;filter...] type...}, or extensions instead of types. */
    static List<ImmutableNode> filters(HttpdCall call) {
        List<String> words = call.all();
        if (words.size() < 2) {
            return call.refuse("takes two or more arguments");
        }
        String key = call.directive().key().endsWith("bytype") ? "type" : "extension";
        HttpdNode node = call.node().with("filter", words.get(0));
        words.subList(1, words.size()).forEach(word -> node.with(key, word));
        return List.of(node.build());
    }

    /** {@code [type] note}. */
    static List<ImmutableNode> note(HttpdCall call) {
        List<String> words = call.all();
        if (words.isEmpty() || words.size() > 2) {
            return call.refuse("takes one or two arguments");
        }
        HttpdNode node = call.node();
        if (words.size() == 2) {
            node.with("type", words.get(0));
        }
        return List.of(node.with("note", words.get(words.size() - 1)).build());
    }
}
