package org.fairlead.config;

import java.util.List;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** The arguments of mod_log_config. Stateless. */
final class HttpdLogArguments {
    private HttpdLogArguments() {}

    /** {@code CustomLog} and {@code GlobalLog}: a target, a format, and perhaps a condition. */
    static List<ImmutableNode> custom(HttpdCall call) {
        String file = call.next();
        String format = call.next();
        if (file.isEmpty() || format.isEmpty()) {
            return call.refuse("takes two or three arguments; a format of several words stands in quotes");
        }
        HttpdNode node = call.node().with("file", target(call, file)).with("format", format);
        if (call.hasNext() && !node.condition(call.next())) {
            return call.refuse("the last argument is no condition; a format of several words stands in quotes");
        }
        return call.hasNext() ? call.refuse("takes two or three arguments") : List.of(node.build());
    }

    static List<ImmutableNode> transfer(HttpdCall call) {
        String file = call.next();
        if (file.isEmpty() || call.hasNext()) {
            return call.refuse("takes one argument; a program with its arguments stands in quotes");
        }
        return List.of(call.node().value(target(call, file)).build());
    }

    /** Relative to ServerRoot, unless it is a program or a name with a meaning of its own. */
    private static String target(HttpdCall call, String written) {
        return AccessLogReader.isFile(written) ? call.file(written) : written;
    }

    static List<ImmutableNode> format(HttpdCall call) {
        String format = call.next();
        String name = call.next();
        if (format.isEmpty() || call.hasNext()) {
            return call.refuse("takes a format, in quotes, and perhaps a nickname");
        }
        HttpdNode node = call.node().with("format", format);
        return List.of((name.isEmpty() ? node : node.with("name", name)).build());
    }
}
