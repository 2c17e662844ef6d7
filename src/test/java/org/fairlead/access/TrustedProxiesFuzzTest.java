package org.fairlead.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fairlead.http.IpAddress;
import org.fairlead.model.RemoteIpConfig;
import org.fairlead.model.RemoteIpConfig.Proxy;

class TrustedProxiesFuzzTest {
    private static final TrustedProxies PROXIES = TrustedProxies.of(new RemoteIpConfig(
            "X-Forwarded-For",
            "X-Through",
            List.of(
                    new Proxy("10.0.0.0/8", true),
                    new Proxy("203.0.113.0/24", false),
                    new Proxy("2001:db8::/32", false))));

    /** Whatever a list says, the client is an address in its one spelling, and what is left was there before. */
    @FuzzTest(maxDuration = "60s")
    void theClientIsAnAddress(byte[] data) {
        String value = new String(data, StandardCharsets.ISO_8859_1);
        TrustedProxies.Origin origin = PROXIES.origin("10.0.0.1", value);
        assertThat(IpAddress.parse(origin.client())).map(IpAddress::toString).contains(origin.client());
        origin.rest().ifPresent(rest -> assertThat(value).startsWith(rest));
        assertThat(origin.through()).allMatch(PROXIES::includes);
        assertThat(PROXIES.origin("192.0.2.66", value).client()).isEqualTo("192.0.2.66");
    }

    @FuzzTest(maxDuration = "60s")
    void anAddressHasOneSpelling(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        IpAddress.parse(text)
                .ifPresent(address -> assertThat(IpAddress.parse(address.toString()))
                        .map(IpAddress::toString)
                        .contains(address.toString()));
        IpAddress.canonical(text);
    }
}
