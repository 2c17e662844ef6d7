package org.fairlead.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The support of one of httpd's directives: a row of {@link Directives}.
 *
 * @param name as httpd's manual spells it; sections with their bracket ({@code <Location>}); a star at the end stands
 *     for every name that starts so
 * @param module httpd's module: {@code core}, {@code mod_proxy}, …
 * @param places where it may stand; elsewhere it is an error
 * @param shape what its arguments look like
 * @param node the tree's name for it
 * @param usage its arguments in a line, for messages; empty where they are not read
 * @param text what to do instead, or how it differs; empty for {@link Standing#RUNS}
 * @param harmless arguments with which a refused directive is accepted: in lower case, one blank between words, blanks
 *     inside a word written as {@code _}
 * @param harmlessText what a notice says then
 */
record Directive(
        String name,
        String module,
        Set<Place> places,
        Shape shape,
        String node,
        Standing standing,
        String usage,
        String text,
        Optional<Pattern> harmless,
        String harmlessText) {

    /** What becomes of it. */
    enum Standing {
        /** Does what it does in httpd. */
        RUNS,
        /** Does it in another way, which a notice explains. */
        DIFFERS,
        /** Is accepted and has no effect; a notice names the equivalent here. */
        NO_EFFECT,
        /** Is an error, since leaving it out would change what clients get or may do. */
        REFUSED
    }

    /** Where a line stands. */
    enum Place {
        SERVER("the main server"),
        HOST("<VirtualHost>"),
        LOCATION("<Location>"),
        /** Wherever {@link #LOCATION} is allowed, but for what finds a request's member: that is done by then. */
        CHOICE("<If>"),
        PROXY("<Proxy>"),
        /** Sections about files, which are passed over whole; here for the manual. */
        DIRECTORY("<Directory>");

        private final String words;

        Place(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** What the arguments look like, and so what becomes of them in the tree. */
    enum Shape {
        /** Not read: the line has no effect, or is refused. */
        ANY,
        ONE,
        /** One or more words, kept as one string. */
        WORDS,
        /** One or more words, a node for each. */
        EACH,
        ONE_OR_TWO,
        /** One file name, made absolute as httpd does with ServerRoot. */
        FILE,
        ALIAS,
        /** A list of body filters, and the media types or extensions that they are for. */
        FILTERS_FOR,
        /** {@code DeflateFilterNote}. */
        FILTER_NOTE,
        /** A media type and a lifetime. */
        EXPIRES_BY_TYPE,
        PASS,
        PASS_MATCH,
        REVERSE,
        COOKIE,
        MEMBER,
        PROXY_SET,
        HEADER,
        REQUEST_HEADER,
        ERROR_DOCUMENT,
        REWRITE_MAP,
        REWRITE_COND,
        REWRITE_RULE,
        HC_TEMPLATE,
        HC_EXPR,
        REMOTE,
        HOST_SECTION,
        /** Takes no arguments; is on where it stands. */
        BARE,
        /** {@code Redirect} and its variants. */
        REDIRECT,
        SET_ENV,
        UNSET_ENV,
        PASS_ENV,
        SET_ENV_IF,
        SET_ENV_IF_EXPR,
        BROWSER_MATCH,
        /** {@code <If>} and {@code <ElseIf>}. */
        IF_SECTION,
        ELSE_SECTION,
        LOCATION_SECTION,
        LOCATION_MATCH_SECTION,
        PROXY_SECTION,
        PROXY_MATCH_SECTION,
        CUSTOM_LOG,
        TRANSFER_LOG,
        LOG_FORMAT,
        /** The whole line as it is, quotes and all: its words are read when it is known what they mean. */
        RAW,
        /** A section of Require lines, without arguments. */
        REQUIRE_SECTION,
        /** A section for some methods only. */
        LIMIT_SECTION,
        /** A section whose lines are read as if it was not there. */
        TRANSPARENT,
        /** A condition that is decided while reading. */
        CONDITION,
        /** Done while reading; leaves nothing in the tree. */
        READER
    }

    /** The end of a text that describes a difference, and not a line without effect. */
    private static final String DIFFERS = "where httpd changes them";

    private static final Pattern BLANKS = Pattern.compile("\\s");

    Directive {
        places = Set.copyOf(places);
    }

    /** Returns the same row for one of the names that its star stands for. */
    Directive named(String written) {
        return new Directive(
                isSection() ? written + ">" : written,
                module,
                places,
                shape,
                node,
                standing,
                usage,
                text,
                harmless,
                harmlessText);
    }

    /** Whether the response is not what httpd would send, although these arguments are accepted. */
    boolean harmlessDiffers() {
        return harmlessText.endsWith(DIFFERS);
    }

    boolean isSection() {
        return name.charAt(0) == '<';
    }

    /** The name by which lines find it. */
    String key() {
        return key(name);
    }

    /** The name by which lines find a directive: lower case, and for sections without the closing bracket. */
    static String key(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return key.charAt(0) == '<' ? key.substring(0, key.length() - 1) : key;
    }

    /** Whether the line is accepted with these words although it is refused with others. */
    boolean isHarmless(List<String> arguments) {
        String words = arguments.stream()
                .map(w -> w.isEmpty() ? "\"\"" : BLANKS.matcher(w).replaceAll("_"))
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT);
        return harmless.isPresent() && harmless.get().matcher(words).matches();
    }
}
