package org.fairlead.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.engine.HandlerResponse;
import org.fairlead.engine.LocalHandler;
import org.fairlead.http.RefusedException;
import org.fairlead.operations.BalancerChange;
import org.fairlead.operations.HealthChange;
import org.fairlead.operations.MemberChange;
import org.fairlead.operations.Operations;
import org.fairlead.operations.OrderException;
import org.fairlead.operations.ServerSnapshot;

/**
 * {@code SetHandler balancer-manager} (mod_proxy_balancer): httpd's page, forms and XML, with httpd's keys. A change
 * needs the balancer's nonce, and must not come from another site; httpd's check of {@code Referer} is omitted, because
 * tools send none.
 */
final class ManagerHandler implements LocalHandler {
    private final Operations operations;
    private final AuditLog audit;
    private final Nonces nonces = new Nonces();

    ManagerHandler(Operations operations, AuditLog audit) {
        this.operations = operations;
        this.audit = audit;
    }

    @Override
    public HandlerResponse handle(HandlerRequest request) throws IOException, RefusedException {
        Guard.checkHost(request);
        if (!request.isGuarded() && !Guard.isLocal(request)) {
            throw new RefusedException(403, "balancer-manager without a Require is for this machine only");
        }
        Parameters asked = switch (request.exchange().request().method()) {
            case "GET", "HEAD" -> Parameters.ofQuery(request.target().query());
            case "POST" -> change(request);
            default -> throw new RefusedException(405, "the manager takes GET and POST");
        };
        ServerSnapshot seen = operations.snapshot();
        Optional<BalancerSnapshot> balancer = asked.get("b")
                .flatMap(seen::balancer)
                .filter(one -> !one.config().standalone())
                .filter(isTrusted(asked));
        if (asked.is("xml", "1")) {
            return HandlerResponse.text(
                    200,
                    "text/xml",
                    new ManagerXml(seen, nonces).document(balancer.isPresent()),
                    StandardCharsets.UTF_8);
        }
        Optional<MemberSnapshot> member =
                balancer.flatMap(of -> member(of, asked.get("w").orElse("")));
        String page = new ManagerPage(seen, nonces, HttpdIdentity.name(request), uri(request))
                .page(request.isGuarded(), balancer, member);
        return HandlerResponse.text(200, "text/html; charset=ISO-8859-1", page, StandardCharsets.ISO_8859_1)
                .with("Cache-Control", "no-store")
                .with("X-Content-Type-Options", "nosniff")
                .with("X-Frame-Options", "DENY")
                .with("Referrer-Policy", "no-referrer");
    }

    private Predicate<BalancerSnapshot> isTrusted(Parameters asked) {
        return balancer -> nonces.isRight(balancer, asked.get("nonce"));
    }

    private static String uri(HandlerRequest request) {
        return request.exchange().mountPath() + request.target().path();
    }

    private static Optional<MemberSnapshot> member(BalancerSnapshot balancer, String name) {
        return balancer.members().stream()
                .filter(member -> member.id().equals(name) || member.name().equals(name))
                .findFirst();
    }

    /** Executes the form and returns it. */
    private Parameters change(HandlerRequest request) throws IOException, RefusedException {
        Parameters form = Parameters.ofForm(request.exchange());
        String name = form.get("b").orElse("");
        Optional<BalancerSnapshot> balancer =
                operations.snapshot().balancer(name).filter(one -> !one.config().standalone());
        boolean trusted = balancer.filter(isTrusted(form)).isPresent();
        String object = object(name, form);
        try {
            if (!request.isGuarded()) {
                throw new RefusedException(403, "changes need a Require in force");
            }
            Guard.checkOrigin(
                    request, trusted && balancer.filter(Nonces::isAsked).isPresent());
            if (!trusted) {
                throw new RefusedException(403, "no such balancer, or not its nonce");
            }
            String before = state(name, form);
            carryOut(name, form, origin(request));
            audit.write(AuditLog.entry(request, object, order(form), "done", before, state(name, form)));
        } catch (OrderException e) {
            audit.write(AuditLog.entry(request, object, order(form), e.getMessage(), "", ""));
            throw new RefusedException(400, e.getMessage());
        } catch (RefusedException e) {
            audit.write(AuditLog.entry(request, object, order(form), "refused: " + e.getMessage(), "", ""));
            throw e;
        }
        return form;
    }

    private static OrderOrigin origin(HandlerRequest request) {
        return new OrderOrigin(request.user().orElse("manager"), "", Instant.now());
    }

    private void carryOut(String balancer, Parameters form, OrderOrigin by) throws OrderException {
        ManagerForm manager = new ManagerForm(form);
        if (form.get("w").isPresent()) {
            MemberChange change = withoutIdleHealth(balancer, form.get("w").get(), manager.member());
            operations.orders().member(balancer, form.get("w").get(), change, by);
            return;
        }
        BalancerChange change = manager.balancer();
        if (!change.equals(BalancerChange.NONE)) {
            operations.orders().balancer(balancer, change, by);
        }
        if (manager.added().isPresent()) {
            operations.orders().add(balancer, manager.added().get(), by);
        }
    }

    /** The form sends all parameters of the health check; an unchanged one is no order. */
    private MemberChange withoutIdleHealth(String balancer, String member, MemberChange change) {
        boolean probed = operations
                .snapshot()
                .balancer(balancer)
                .flatMap(of -> member(of, member))
                .filter(one -> one.config().health().isPresent())
                .isPresent();
        boolean idle = !probed && change.health().method().isEmpty();
        return idle
                ? new MemberChange(
                        change.flags(),
                        change.loadFactorHundredths(),
                        change.lbset(),
                        change.route(),
                        change.redirect(),
                        HealthChange.NONE)
                : change;
    }

    private static String object(String balancer, Parameters form) {
        return "balancer://" + balancer
                + form.get("w").map(member -> " " + member).orElse("");
    }

    private static String order(Parameters form) {
        StringBuilder order = new StringBuilder();
        form.values().forEach((key, value) -> {
            if (key.startsWith("w_") || key.startsWith("b_")) {
                order.append(order.isEmpty() ? "" : " ").append(key).append('=').append(value);
            }
        });
        return order.toString();
    }

    private String state(String balancer, Parameters form) {
        return operations
                .snapshot()
                .balancer(balancer)
                .map(of -> form.get("w")
                        .flatMap(name -> member(of, name))
                        .map(member -> member.orders() + " " + member.status().words())
                        .orElseGet(
                                () -> of.config().method() + " " + of.members().size() + " members"))
                .orElse("");
    }
}
