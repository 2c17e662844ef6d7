package org.fairlead.config;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.fairlead.model.Settings;
import org.fairlead.model.Settings.ErrorOverride;
import org.fairlead.model.Settings.Handler;

/** Reads what a server or a {@code <Location>} says for all its paths; only its own lines, nothing inherited. */
final class SettingsReader {
    private final HeaderRuleReader headers;
    private final ErrorDocumentReader documents;
    private final AccessReader access;
    private final Problems problems;

    SettingsReader(ErrorDocumentReader documents, Reading reading) {
        this.problems = reading.problems();
        this.headers = new HeaderRuleReader(problems);
        this.documents = documents;
        this.access = new AccessReader(reading);
    }

    Settings read(Entry scope) {
        Values values = Values.in(scope, problems);
        OptionalLong limit = values.size("limitrequestbody", 0, Long.MAX_VALUE, true);
        return new Settings(
                values.flag("proxypreservehost"),
                values.flag("proxyaddheaders"),
                errorOverride(values),
                documents.read(scope.all("errordocument")),
                headers.read(scope.all("requestheader")),
                headers.read(scope.all("header")),
                handler(values),
                limit.isPresent() ? Optional.of(limit.getAsLong()) : Optional.empty(),
                access.read(scope));
    }

    private Optional<Handler> handler(Values values) {
        Optional<Entry> entry = values.entry("sethandler");
        String name = entry.map(e -> e.value().strip().toLowerCase(Locale.ROOT)).orElse("none");
        if (name.equals("heartbeat")) {
            return Optional.of(Handler.HEARTBEAT);
        }
        if (name.startsWith("proxy:")) {
            values.bad(entry.orElseThrow(), "heartbeat or none; a member is reached with ProxyPass");
        } else if (!name.equals("none")) {
            problems.noEffect(
                    entry.orElseThrow().source(),
                    "SetHandler '" + name + "': Fairlead has no such handler; a member is reached with ProxyPass");
        }
        return Optional.empty();
    }

    /** {@code On}, {@code Off}, or {@code On} and the statuses that it is for. */
    private static Optional<ErrorOverride> errorOverride(Values values) {
        Optional<Entry> entry = values.entry("proxyerroroverride");
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        String[] words = entry.get().value().strip().toLowerCase(Locale.ROOT).split("\\s+");
        Optional<Boolean> on = Values.flagOf(words[0]);
        Set<Integer> statuses = new TreeSet<>();
        boolean readable = on.isPresent() && (on.get() || words.length == 1);
        for (int i = 1; i < words.length; i++) {
            readable &= words[i].matches("[45]\\d\\d") && statuses.add(Integer.valueOf(words[i]));
        }
        if (!readable) {
            values.bad(entry.get(), "Off, On, or On and statuses from 400 to 599");
            return Optional.empty();
        }
        return Optional.of(new ErrorOverride(on.get(), statuses));
    }
}
