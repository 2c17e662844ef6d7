package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SystemNamesTest {
    @Test
    void theSystemsHostsFileCounts() {
        assertThat(new SystemNames().addresses("localhost")).anyMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void anAddressIsNoName() {
        SystemNames names = new SystemNames();

        assertThat(names.name(InetAddress.getLoopbackAddress())).isNotEqualTo(Optional.of("127.0.0.1"));
    }
}
