package org.fairlead.upstream;

import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * A request in the shape that the library's connection hands through to our writer: its bytes are already there.
 *
 * <p>The target is never parsed: the library's constructors that take a URI would make {@code //host/x} name a host.
 */
final class MemberRequest extends BasicClassicHttpRequest {
    private static final HttpHost NO_HOST = null;

    private final transient Outlet outlet;

    MemberRequest(String method, String target, Outlet outlet) {
        super(method, NO_HOST, target);
        this.outlet = outlet;
    }

    Outlet outlet() {
        return outlet;
    }
}
