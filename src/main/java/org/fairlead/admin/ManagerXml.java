package org.fairlead.admin;

import java.time.Instant;
import java.util.OptionalInt;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.model.MemberConfig;
import org.fairlead.operations.ServerSnapshot;

/** {@code ?xml=1} of httpd's manager. */
record ManagerXml(ServerSnapshot seen, Nonces nonces) {
    private static final int USUAL_MAX = 25;

    /** @param withNonces whether the request had a valid nonce, so that it may see the others, as in httpd */
    String document(boolean withNonces) {
        StringBuilder out = new StringBuilder("<?xml version='1.0' encoding='UTF-8' ?>\n");
        out.append("<httpd:manager xmlns:httpd='http://httpd.apache.org'>\n  <httpd:balancers>\n");
        seen.balancers().stream()
                .filter(balancer -> !balancer.config().standalone())
                .forEach(balancer -> balancer(out, balancer, withNonces));
        return out.append("  </httpd:balancers>\n</httpd:manager>").toString();
    }

    private void balancer(StringBuilder out, BalancerSnapshot balancer, boolean withNonce) {
        out.append("    <httpd:balancer>\n");
        tag(out, 6, "name", "balancer://" + balancer.name());
        if (withNonce) {
            tag(out, 6, "nonce", nonces.of(balancer));
        }
        balancer.config().sticky().ifPresent(sticky -> {
            tag(out, 6, "stickysession", sticky.cookie());
            tag(out, 6, "nofailover", balancer.config().failover() ? "Off" : "On");
        });
        tag(out, 6, "timeout", Long.toString(balancer.config().timeout().toSeconds()));
        tag(out, 6, "maxattempts", Integer.toString(balancer.maxAttempts()));
        tag(out, 6, "lbmethod", ManagerPage.method(balancer));
        balancer.config()
                .sticky()
                .ifPresent(sticky -> tag(out, 6, "scolonpathdelim", sticky.semicolonEndsPath() ? "On" : "Off"));
        out.append("      <httpd:workers>\n");
        balancer.members().forEach(member -> member(out, member));
        out.append("      </httpd:workers>\n    </httpd:balancer>\n");
    }

    private void member(StringBuilder out, MemberSnapshot member) {
        MemberConfig config = member.config();
        OptionalInt max = config.pool().max();
        out.append("        <httpd:worker>\n");
        tag(out, 10, "name", member.id());
        tag(out, 10, "scheme", config.address().protocol().scheme());
        tag(out, 10, "hostname", config.address().host());
        tag(out, 10, "loadfactor", ManagerPage.factor(member.orders().loadFactorHundredths()));
        tag(out, 10, "port", Integer.toString(config.address().port()));
        tag(out, 10, "min", Integer.toString(config.pool().min()));
        tag(out, 10, "smax", Integer.toString(config.pool().smax().orElse(max.orElse(USUAL_MAX))));
        tag(out, 10, "max", Integer.toString(max.orElse(USUAL_MAX)));
        tag(
                out,
                10,
                "ttl",
                Long.toString(config.pool().ttl().map(ttl -> ttl.toSeconds()).orElse(0L)));
        tag(out, 10, "status", ManagerPage.words(member));
        member.recovery()
                .inErrorFor()
                .ifPresent(age -> tag(
                        out,
                        10,
                        "error_time",
                        HttpdIdentity.httpTime(Instant.now().minus(age))));
        tag(out, 10, "retries", Long.toString(member.load().retries()));
        tag(out, 10, "lbstatus", Long.toString(member.load().lbstatus()));
        tag(out, 10, "loadfactor", ManagerPage.factor(member.orders().loadFactorHundredths()));
        tag(out, 10, "transferred", Long.toString(member.load().to()));
        tag(out, 10, "read", Long.toString(member.load().from()));
        tag(out, 10, "elected", Long.toString(member.load().elected()));
        tag(out, 10, "route", member.orders().route());
        tag(out, 10, "redirect", member.orders().redirect());
        tag(out, 10, "busy", Integer.toString(member.load().busy()));
        tag(out, 10, "lbset", Integer.toString(member.orders().lbset()));
        out.append("        </httpd:worker>\n");
    }

    private static void tag(StringBuilder out, int indent, String name, String value) {
        out.append(" ".repeat(indent)).append("<httpd:" + name + ">" + Html.text(value) + "</httpd:" + name + ">\n");
    }
}
