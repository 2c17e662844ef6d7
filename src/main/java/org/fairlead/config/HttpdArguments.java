package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** Converts the arguments of a directive into nodes of the tree, by its {@link Directive.Shape}. Stateless. */
final class HttpdArguments {
    private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*");

    private HttpdArguments() {}

    /** Returns the nodes that the line adds to its section; none if its arguments are wrong, which is then reported. */
    static List<ImmutableNode> nodes(HttpdCall call) {
        List<ImmutableNode> nodes = parsed(call);
        if (call.sawComment()
                && !nodes.isEmpty()
                && !mayHoldHash(call.directive().shape())) {
            return call.refuse("");
        }
        return nodes;
    }

    /** A header's value may be {@code #fff}; elsewhere such a word is a comment that httpd would not take for one. */
    private static boolean mayHoldHash(Directive.Shape shape) {
        return shape == Directive.Shape.HEADER || shape == Directive.Shape.REQUEST_HEADER;
    }

    private static List<ImmutableNode> parsed(HttpdCall call) {
        return switch (call.directive().shape()) {
            case ONE -> one(call);
            case FILE -> file(call);
            case ONE_OR_TWO -> words(call, 2);
            case WORDS -> words(call, Integer.MAX_VALUE);
            case EACH -> each(call, call.directive().node());
            case ALIAS -> alias(call);
            case EXPIRES_BY_TYPE -> expiresByType(call);
            case FILTERS_FOR -> HttpdFilterArguments.filters(call);
            case FILTER_NOTE -> HttpdFilterArguments.note(call);
            case ERROR_DOCUMENT -> errorDocument(call);
            case REMOTE -> remote(call);
            case HC_EXPR -> healthExpression(call);
            case HC_TEMPLATE -> HttpdProxyArguments.template(call);
            case PASS, PASS_MATCH -> HttpdProxyArguments.pass(call);
            case REVERSE -> HttpdProxyArguments.reverse(call);
            case COOKIE -> HttpdProxyArguments.cookie(call);
            case MEMBER -> HttpdProxyArguments.member(call);
            case PROXY_SET -> HttpdProxyArguments.proxySet(call);
            case REWRITE_MAP -> HttpdRewriteArguments.map(call);
            case REWRITE_COND -> HttpdRewriteArguments.condition(call);
            case REWRITE_RULE -> HttpdRewriteArguments.rule(call);
            case HEADER, REQUEST_HEADER -> HttpdHeaderArguments.rule(call);
            case REDIRECT -> HttpdRuleArguments.redirect(call);
            case SET_ENV -> HttpdRuleArguments.setEnv(call);
            case UNSET_ENV -> HttpdRuleArguments.eachEnv(call, "unset");
            case PASS_ENV -> HttpdRuleArguments.eachEnv(call, "pass");
            case SET_ENV_IF, SET_ENV_IF_EXPR, BROWSER_MATCH -> HttpdRuleArguments.setEnvIf(call);
            case IF_SECTION -> HttpdRuleArguments.choice(call);
            case ELSE_SECTION -> call.hasNext() ? call.refuse("takes no argument") : List.of();
            case HOST_SECTION -> each(call, "address");
            case LOCATION_SECTION -> location(call, false);
            case LOCATION_MATCH_SECTION -> location(call, true);
            case PROXY_SECTION -> HttpdProxyArguments.section(call, false);
            case PROXY_MATCH_SECTION -> HttpdProxyArguments.section(call, true);
            case CUSTOM_LOG -> HttpdLogArguments.custom(call);
            case TRANSFER_LOG -> HttpdLogArguments.transfer(call);
            case LOG_FORMAT -> HttpdLogArguments.format(call);
            case RAW -> raw(call);
            case BARE ->
                call.hasNext()
                        ? call.refuse("takes no arguments")
                        : List.of(call.node().value("On").build());
            case LIMIT_SECTION -> methods(call);
            case REQUIRE_SECTION -> call.hasNext() ? call.refuse("takes no arguments") : List.of();
            case ANY, TRANSPARENT, CONDITION, READER ->
                throw new IllegalStateException(call.directive().name() + " leaves nothing in the tree");
        };
    }

    private static List<ImmutableNode> one(HttpdCall call) {
        String value = call.next();
        if (value.isEmpty() || call.hasNext()) {
            return call.refuse("takes one argument");
        }
        return List.of(call.node().value(value).build());
    }

    private static List<ImmutableNode> file(HttpdCall call) {
        String name = call.next();
        if (name.isEmpty() || call.hasNext()) {
            return call.refuse("takes one file name");
        }
        return List.of(call.node().value(call.file(name)).build());
    }

    private static List<ImmutableNode> raw(HttpdCall call) {
        if (!call.hasNext()) {
            return call.refuse("takes at least one argument");
        }
        return List.of(call.node().value(call.text()).build());
    }

    private static List<ImmutableNode> methods(HttpdCall call) {
        List<String> methods = call.all();
        if (methods.isEmpty()) {
            return call.refuse("takes at least one method");
        }
        return List.of(call.node("methods").value(String.join(" ", methods)).build());
    }

    private static List<ImmutableNode> words(HttpdCall call, int most) {
        List<String> words = call.all();
        if (words.isEmpty() || words.size() > most) {
            return call.refuse(most == 2 ? "takes one or two arguments" : "takes at least one argument");
        }
        return List.of(call.node().value(String.join(" ", words)).build());
    }

    private static List<ImmutableNode> each(HttpdCall call, String name) {
        List<String> words = call.all();
        if (words.isEmpty()) {
            return call.refuse("takes at least one argument");
        }
        return words.stream().map(w -> call.node(name).value(w).build()).toList();
    }

    private static List<ImmutableNode> alias(HttpdCall call) {
        String path = call.next();
        String file = call.next();
        if (file.isEmpty() || call.hasNext()) {
            return call.refuse("takes two arguments");
        }
        return List.of(
                call.node().with("path", path).with("file", call.file(file)).build());
    }

    private static List<ImmutableNode> expiresByType(HttpdCall call) {
        String type = call.next();
        String expiry = call.next();
        if (expiry.isEmpty() || call.hasNext()) {
            return call.refuse("takes two arguments; a lifetime of several words stands in quotes");
        }
        return List.of(call.node().with("type", type).with("expiry", expiry).build());
    }

    /** A word with a blank, or that is neither a path, a URL nor {@code default}, is a text; as httpd guesses it. */
    private static List<ImmutableNode> errorDocument(HttpdCall call) {
        String status = call.next();
        String document = call.next();
        if (document.isEmpty() || call.hasNext()) {
            return call.refuse("takes two arguments; a text of several words stands in quotes");
        }
        boolean path =
                document.startsWith("/") || URL.matcher(document).matches() || document.equalsIgnoreCase("default");
        return List.of(call.node()
                .with("status", status)
                .with("document", document)
                .flag("text", document.indexOf(' ') >= 0 || !path)
                .build());
    }

    private static List<ImmutableNode> remote(HttpdCall call) {
        String match = call.next();
        String url = call.next();
        HttpdNode node = call.node().with("match", match).with("url", url);
        if (call.hasNext()) {
            node.with("credentials", call.next());
        }
        return url.isEmpty() || call.hasNext() ? call.refuse("takes two or three arguments") : List.of(node.build());
    }

    private static List<ImmutableNode> healthExpression(HttpdCall call) {
        String name = call.next();
        String expression = call.nextInBraces();
        if (expression.isEmpty() || call.hasNext()) {
            return call.refuse("takes a name and an expression, the latter in braces or quotes");
        }
        return List.of(
                call.node().with("name", name).with("expression", expression).build());
    }

    private static List<ImmutableNode> location(HttpdCall call, boolean match) {
        String path = call.next();
        boolean tilde = !match && path.equals("~");
        if (tilde) {
            path = call.next();
        }
        if (path.isEmpty() || call.hasNext()) {
            return call.refuse("takes one path");
        }
        List<ImmutableNode> nodes = new ArrayList<>();
        nodes.add(call.node("path").value(path).build());
        if (match || tilde) {
            nodes.add(call.node("regex").value("true").build());
        }
        return nodes;
    }
}
