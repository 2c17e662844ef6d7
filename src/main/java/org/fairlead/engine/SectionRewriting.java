package org.fairlead.engine;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fairlead.http.RefusedException;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.RewriteRule;
import org.fairlead.model.SectionRewrite;
import org.fairlead.rewrite.Rewriter;
import org.fairlead.rewrite.Rewritten;
import org.fairlead.rewrite.Rewritten.Outcome;
import org.fairlead.route.Host;
import org.fairlead.route.HostTable;

/**
 * mod_rewrite of the sections that a path lies in: httpd's fixups phase, behind the access rules and ahead of
 * {@code SetEnv}, so that rules know the user. Thread-safe.
 */
final class SectionRewriting implements Phase.Step {
    /** By host, then by the rules of the sections that come together; the configuration bounds both. */
    private final Map<Host, Map<List<RewriteRule>, Rewriter>> rewriters = new IdentityHashMap<>();

    private final int limitRequestLine;

    SectionRewriting(HostTable hosts, int limitRequestLine) {
        this.limitRequestLine = limitRequestLine;
        hosts.hosts().forEach(host -> rewriters.put(host, new ConcurrentHashMap<>()));
    }

    /** @throws RefusedException for rules that do not come to an end, or make what must not be sent */
    @Override
    public void apply(RequestContext request) throws RefusedException {
        SectionRewrite section = request.settings().rewrite();
        if (!section.isActive()) {
            return;
        }
        Host host = request.host();
        Rewriter rewriter = rewriters
                .get(host)
                .computeIfAbsent(section.rules(), rules -> Rewriter.ofSection(host.config(), rules, limitRequestLine));
        Rewritten made = rewriter.apply(request.exchange(), request.target(), request.server());
        if (made.outcome() instanceof Outcome.Answered answered) {
            request.respond(answered.answer());
            ServerRewrite.tell(request, answered);
        }
        List<HeaderRule> cookies = new ArrayList<>(request.cookies());
        cookies.addAll(ServerRewrite.cookies(made.cookies()));
        request.cookies(cookies);
    }
}
