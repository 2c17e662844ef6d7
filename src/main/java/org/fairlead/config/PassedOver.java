package org.fairlead.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.fairlead.model.Source;

/**
 * The lines of a section that is skipped because Fairlead lacks a module. They are checked all the same: a line that
 * routes, restricts or removes a field is an error, since without it a path would be open or lead nowhere.
 *
 * <p>Everything that acts counts as such, but for directives that are known not to. Directives of the missing module
 * itself cannot be judged, apart from names that say what they are for. Not thread-safe.
 */
final class PassedOver {
    /** Settings of the process, which have a default: the notice about the section is enough. */
    private static final Set<String> SETTINGS = Set.of(
            "acceptmutex",
            "bufferedlogs",
            "documentroot",
            "error",
            "h2maxsessionstreams",
            "h2streamtimeout",
            "h2windowsize",
            "keepalive",
            "keepalivetimeout",
            "listenbacklog",
            "maxconnections",
            "maxconnectionsperchild",
            "maxkeepaliverequests",
            "maxrequestsperchild",
            "maxrequestworkers",
            "maxclients",
            "timeout",
            "warning");

    /** They act, but close nothing and route nothing. */
    private static final Set<String> ADDITIONS =
            Set.of("alias", "customlog", "errordocument", "globallog", "logformat", "protocols", "transferlog");

    /** Actions of the header directives that leave what a message had. */
    private static final Set<String> ADDING =
            Set.of("add", "append", "merge", "set", "setifempty", "note", "echo", "always", "onsuccess", "early");

    /** Names that indicate access rules or routes, in the directives of any module. */
    private static final Pattern TELLING =
            Pattern.compile("<?(auth|require|deny|allow|block|limit|proxy|redirect|rewrite|access).*");

    private final HttpdNotices notices;
    private final Problems problems;

    PassedOver(HttpdNotices notices, Problems problems) {
        this.notices = notices;
        this.problems = problems;
    }

    /**
     * Judges one line.
     *
     * @param name its first word, for a section without the closing bracket
     * @param lack why the section around it is passed over
     */
    void line(Source source, String name, String arguments, HttpdSection.Lack lack) {
        Optional<Directive> known = Directives.ALL.find(name);
        boolean unknownButTelling = known.isEmpty()
                && TELLING.matcher(name.toLowerCase(Locale.ROOT)).matches();
        if (unknownButTelling || known.filter(d -> mustNotBeLost(d, arguments)).isPresent()) {
            String spelling = known.map(Directive::name).orElse(Quoted.of(name) + (name.startsWith("<") ? ">" : ""));
            problems.error(
                    source,
                    spelling + " in " + lack.section() + ": the section is passed over, as " + lack.reason()
                            + ", and what this line routes, restricts or takes away would be lost (expected: the line"
                            + " outside of the section; or, if httpd leaves the section out too, no such line)");
        } else if (known.filter(PassedOver::acts).isPresent()) {
            notices.add(
                    Problem.Severity.DIFFERENCE,
                    source,
                    known.get().name() + " in " + lack.section() + ": passed over with its section, as "
                            + lack.reason());
        }
    }

    private static boolean acts(Directive directive) {
        return directive.standing() != Directive.Standing.NO_EFFECT
                && !directive.isSection()
                && !SETTINGS.contains(directive.key());
    }

    private static boolean mustNotBeLost(Directive directive, String arguments) {
        List<String> words = new HttpdWords(arguments).all();
        if (directive.isSection()) {
            return switch (directive.shape()) {
                case HOST_SECTION, REQUIRE_SECTION, LIMIT_SECTION -> true;
                default -> directive.standing() == Directive.Standing.REFUSED;
            };
        }
        return switch (directive.shape()) {
            case HEADER -> takesAway(words, "set");
            case REQUEST_HEADER -> takesAway(words, "");
            default ->
                acts(directive)
                        && !ADDITIONS.contains(directive.key())
                        && !(directive.standing() == Directive.Standing.REFUSED && directive.isHarmless(words));
        };
    }

    /** A field of a request that is set stands in the place of the client's, which must not be believed. */
    private static boolean takesAway(List<String> words, String harmlessToo) {
        return words.stream()
                .map(w -> w.toLowerCase(Locale.ROOT))
                .filter(w -> !Set.of("always", "onsuccess", "early").contains(w))
                .findFirst()
                .map(action -> action.equals("set") ? harmlessToo.isEmpty() : !ADDING.contains(action))
                .orElse(false);
    }
}
