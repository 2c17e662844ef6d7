package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.fairlead.model.MemberAddress;
import org.fairlead.model.MemberProtocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerNameTest {
    @ParameterizedTest(name = "Host: {0} at {1} -> {2}, asked for: {3}")
    @CsvSource({
        "shop.example,          a.internal, shop.example,    true",
        "SHOP.example:8443,     10.0.0.1,   shop.example,    true",
        "my_shop.example,       10.0.0.1,   my_shop.example, true",
        "shop.example.:443,     10.0.0.1,   shop.example,    true",
        "192.0.2.7,             a.internal, 192.0.2.7,       false",
        "[2001:DB8::7]:8443,    a.internal, 2001:db8::7,     false",
        "'',                    a.internal, a.internal,      true",
        "'[',                   a.internal, a.internal,      true",
        "'',                    10.0.0.1,   10.0.0.1,        false",
        "1a2b3c.9,              a.internal, 1a2b3c.9,        true"
    })
    void isThatOfTheHostThatIsSentElseTheMembers(String host, String member, String expected, boolean asked)
            throws Exception {
        MemberAddress address = new MemberAddress(MemberProtocol.HTTPS, member, 443, Optional.empty());
        PeerName name = PeerName.of(address, Requests.from("", "Host", host));
        assertThat(name.text()).isEqualTo(expected);
        assertThat(name.sni().isPresent()).isEqualTo(asked);
        assertThat(hello(name).contains(expected)).isEqualTo(asked);
    }

    private static String hello(PeerName name) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine(name.text(), 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        name.sni().ifPresent(parameters::setServerNames);
        engine.setSSLParameters(parameters);
        ByteBuffer sent = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), sent);
        return new String(sent.array(), 0, sent.position(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({"shop.example", "''"})
    void withoutTlsAllAreAlike(String host) {
        assertThat(PeerName.of(MemberAddress.http("a.internal", 80), Requests.from("", "Host", host)))
                .isEqualTo(PeerName.NONE);
    }
}
