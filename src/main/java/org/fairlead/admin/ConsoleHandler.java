package org.fairlead.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.engine.HandlerResponse;
import org.fairlead.engine.LocalHandler;
import org.fairlead.http.RefusedException;
import org.fairlead.operations.Operations;
import org.fairlead.operations.OrderException;
import org.fairlead.operations.ServerSnapshot;

/**
 * {@code SetHandler fairlead-console}: pages for operators' browsers. {@code GET} shows a page, with {@code do=} the
 * preview of an order; {@code POST} executes it, unless a page of another site has sent it. Everything is addressed by
 * the query, so the console may have any path. It works without script; the script only keeps pages up to date.
 */
final class ConsoleHandler implements LocalHandler {
    private static final Map<String, String> TYPES = Map.of(
            "console.css", "text/css; charset=utf-8",
            "console.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Operations operations;
    private final AuditLog audit;
    private final ConsoleRecorder recorder;
    private volatile Optional<Overview> latest = Optional.empty();

    /** The first page without its frame. @param seen the snapshot that it shows */
    private record Overview(ServerSnapshot seen, String summary, String body) {}

    ConsoleHandler(Operations operations, AuditLog audit) {
        this.operations = operations;
        this.audit = audit;
        recorder = new ConsoleRecorder(operations::snapshot);
    }

    @Override
    public void follow(boolean named) {
        recorder.follow(named);
    }

    @Override
    public void close() {
        recorder.close();
    }

    @Override
    public HandlerResponse handle(HandlerRequest request) throws IOException, RefusedException {
        Guard.checkHost(request);
        if (!request.isGuarded()) {
            throw new RefusedException(403, "fairlead-console needs a Require in force");
        }
        return switch (request.exchange().request().method()) {
            case "GET", "HEAD" ->
                show(request, Parameters.ofQuery(request.target().query()));
            case "POST" -> carryOut(request, Parameters.ofForm(request.exchange()));
            default -> throw new RefusedException(405, "the console takes GET and POST");
        };
    }

    private HandlerResponse show(HandlerRequest request, Parameters query) throws RefusedException {
        Optional<String> file = query.get("file");
        if (file.isPresent()) {
            return file(file.get());
        }
        ServerSnapshot seen = recorder.watch();
        ConsolePage page = page(request, seen);
        if (ConsoleExplain.isFor(query)) {
            return html(200, page.still("Explain – Fairlead", new ConsoleExplain(operations).body(query)));
        }
        if (query.get("b").isEmpty()) {
            Overview shown = overview(seen);
            return html(200, page.live(shown.summary() + " – Fairlead", shown.summary(), shown.body()));
        }
        BalancerSnapshot balancer = balancer(seen, query);
        Optional<MemberSnapshot> member = member(balancer, query);
        if (query.get("do").isPresent()) {
            return confirmation(page, balancer, member, query);
        }
        ConsoleDetail detail = new ConsoleDetail(seen, recorder, balancer);
        String title = member.map(MemberSnapshot::id).orElse(ConsoleText.balancer(balancer.name()));
        String summary = title + ": "
                + member.map(one -> ConsoleState.observed(one).kind() + ", "
                                + ConsoleState.order(one).word())
                        .orElse(balancer.usable() + " usable");
        return html(
                200,
                page.live(
                        title + " – Fairlead",
                        summary,
                        member.map(detail::memberBody).orElseGet(detail::balancerBody)));
    }

    /** Many open consoles ask for the same each second, so it is made once for each snapshot. */
    private Overview overview(ServerSnapshot seen) {
        Optional<Overview> last = latest;
        if (last.isPresent() && last.get().seen() == seen) {
            return last.get();
        }
        Overview made = new Overview(
                seen,
                ConsoleProblems.summary(new ConsoleProblems(seen).all()),
                new ConsoleOverview(seen, recorder, audit.latest()).body());
        latest = Optional.of(made);
        return made;
    }

    private static HandlerResponse confirmation(
            ConsolePage page, BalancerSnapshot balancer, Optional<MemberSnapshot> member, Parameters query) {
        try {
            ConsoleRequest order = ConsoleRequest.of(balancer, member, query);
            return html(200, page.still(order.title(), new ConsoleConfirm(order).body(Optional.empty(), "")));
        } catch (OrderException e) {
            return html(400, page.still("Not possible", refusal(e.getMessage(), balancer, member)));
        }
    }

    private HandlerResponse carryOut(HandlerRequest request, Parameters form) throws RefusedException {
        ServerSnapshot seen = operations.snapshot();
        String word = form.get("do").orElse("");
        String object = ConsoleText.balancer(form.get("b").orElse(""))
                + form.get("m").map(member -> " " + member).orElse("");
        String reason = form.get("reason").map(String::strip).orElse("");
        try {
            Guard.checkOrigin(request, false);
        } catch (RefusedException e) {
            audit.write(AuditLog.entry(request, object, word, "refused: " + e.getMessage(), "", ""));
            throw e;
        }
        if (word.equals("explain")) {
            return html(
                    200, page(request, seen).still("Explain – Fairlead", new ConsoleExplain(operations).answer(form)));
        }
        BalancerSnapshot balancer = balancer(seen, form);
        Optional<MemberSnapshot> member = member(balancer, form);
        ConsolePage page = page(request, seen);
        ConsoleRequest order;
        try {
            order = ConsoleRequest.of(balancer, member, form);
        } catch (OrderException e) {
            audit.write(AuditLog.entry(request, object, word, e.getMessage(), "", ""));
            return html(400, page.still("Not possible", refusal(e.getMessage(), balancer, member)));
        }
        Optional<String> problem = attempt(request, order, reason, form.is("force", "1"));
        if (problem.isPresent()) {
            return html(409, page.still("Not done", new ConsoleConfirm(order).body(problem, reason)));
        }
        boolean gone = order.word().equals(ConsoleOrder.REMOVE.word());
        String back = "?b=" + Html.query(balancer.name())
                + (gone ? "" : member.map(one -> "&m=" + Html.query(one.id())).orElse(""));
        recorder.refresh();
        return html(303, "")
                .with(
                        "Location",
                        request.exchange().mountPath() + request.target().path() + back);
    }

    /** Executes an order; returns why it was refused, empty = it was executed. */
    private Optional<String> attempt(HandlerRequest request, ConsoleRequest order, String reason, boolean forced) {
        String before = state(order);
        String kept =
                reason.length() > ConsoleConfirm.MAX_REASON ? reason.substring(0, ConsoleConfirm.MAX_REASON) : reason;
        Optional<String> problem = Optional.empty();
        if (order.impact().takesLast() && !forced) {
            problem = Optional.of("It is the last member of its balancer that takes new requests; nothing was changed");
        } else {
            try {
                order.carryOut(
                        operations.orders(), new OrderOrigin(request.user().orElse("console"), kept, Instant.now()));
            } catch (OrderException e) {
                problem = Optional.of(e.getMessage());
            }
        }
        audit.write(AuditLog.entry(
                        request,
                        order.object(),
                        order.audited(),
                        problem.map(why -> "refused: " + why).orElse("done"),
                        before,
                        problem.isPresent() ? before : state(order))
                .because(kept));
        return problem;
    }

    private String state(ConsoleRequest order) {
        return operations
                .snapshot()
                .balancer(order.balancer().name())
                .map(balancer -> order.member()
                        .map(member -> balancer.members().stream()
                                .filter(one -> one.id().equals(member.id()))
                                .map(one -> one.orders() + " " + one.status().words())
                                .findFirst()
                                .orElse("gone"))
                        .orElseGet(() -> ConsoleRequest.values(balancer) + " "
                                + balancer.members().size() + " members"))
                .orElse("");
    }

    private static ConsolePage page(HandlerRequest request, ServerSnapshot seen) {
        return new ConsolePage(seen, HttpdIdentity.name(request), request.user().orElse(""));
    }

    private static BalancerSnapshot balancer(ServerSnapshot seen, Parameters asked) throws RefusedException {
        return seen.balancer(asked.get("b").orElse(""))
                .orElseThrow(() -> new RefusedException(404, "no such balancer"));
    }

    private static Optional<MemberSnapshot> member(BalancerSnapshot balancer, Parameters asked)
            throws RefusedException {
        Optional<String> id = asked.get("m");
        Optional<MemberSnapshot> found = id.flatMap(name ->
                balancer.members().stream().filter(one -> one.id().equals(name)).findFirst());
        if (id.isPresent() && found.isEmpty()) {
            throw new RefusedException(404, "no such member");
        }
        return found;
    }

    private static String refusal(String why, BalancerSnapshot balancer, Optional<MemberSnapshot> member) {
        String back = member.map(one -> ConsolePage.link(balancer.name(), one.id()))
                .orElse(ConsolePage.link(balancer.name()));
        return "<h1>Not possible</h1><section class=\"banner bad\" role=\"alert\"><p class=\"bad\">"
                + ConsoleIcons.icon("cross") + Html.text(why) + "</p></section><p><a class=\"button\" href=\"" + back
                + "\">Back</a></p>";
    }

    private static HandlerResponse file(String name) throws RefusedException {
        if (!TYPES.containsKey(name)) {
            throw new RefusedException(404, "no such file of the console");
        }
        try (InputStream in = ConsoleHandler.class.getResourceAsStream(name)) {
            return secured(HandlerResponse.bytes(200, TYPES.get(name), in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("a file of the console cannot be read", e);
        }
    }

    private static HandlerResponse html(int status, String text) {
        return secured(HandlerResponse.text(status, "text/html; charset=utf-8", text, StandardCharsets.UTF_8));
    }

    /** Referrer-Policy is same-origin, as with no-referrer browsers send {@code Origin: null} for our own forms. */
    private static HandlerResponse secured(HandlerResponse response) {
        return response.with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", "no-store")
                .with("Referrer-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin");
    }
}
