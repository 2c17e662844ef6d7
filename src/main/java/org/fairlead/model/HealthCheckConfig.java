package org.fairlead.model;

import java.time.Duration;

/**
 * How a member is probed (mod_proxy_hcheck).
 *
 * @param method {@code hcmethod}
 * @param interval {@code hcinterval}: 100 ms or more; default 30 s
 * @param passes {@code hcpasses}: passes in a row that bring a member back; default 1
 * @param fails {@code hcfails}: failures in a row that take it out; default 1
 * @param uri {@code hcuri}: appended to the member's path; empty = the path itself
 * @param expression the text of the {@code ProxyHCExpr} that {@code hcexpr} names; empty = status 200 to 399 passes
 * @param timeout {@code hctimeout}: how long one probe may take; default the smaller of the member's timeout and 10 s
 */
public record HealthCheckConfig(
        Method method, Duration interval, int passes, int fails, String uri, String expression, Duration timeout) {

    /** {@code hcmethod}; the configuration's word is the name. */
    public enum Method {
        TCP,
        OPTIONS,
        HEAD,
        GET,
        OPTIONS11,
        HEAD11,
        GET11,
        /** AJP's own question whether a member lives. */
        CPING;

        /** Whether members of this protocol can be probed so. */
        public boolean suits(MemberProtocol protocol) {
            return this == TCP || (this == CPING) == (protocol == MemberProtocol.AJP);
        }
    }

    public HealthCheckConfig {
        if (interval.toMillis() < 100) {
            throw new IllegalArgumentException("hcinterval '" + interval.toMillis() + "ms' (expected: 100ms or more)");
        }
        Check.atLeast("hcpasses", passes, 1);
        Check.atLeast("hcfails", fails, 1);
        Check.positive("hctimeout", timeout);
        if (uri.length() > 95) {
            throw new IllegalArgumentException("hcuri '" + uri + "' (expected: at most 95 characters)");
        }
    }
}
