package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.model.HostConfig;
import org.fairlead.model.HostConfig.EncodedSlashes;
import org.fairlead.model.HostConfig.HostAddress;
import org.fairlead.model.HostConfig.Via;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.model.RemoteIpConfig;
import org.fairlead.model.RewriteConfig;
import org.fairlead.model.ServerConfig;
import org.fairlead.model.Settings;
import org.fairlead.model.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTableTest {
    /** Virtual hosts as: addresses, name, aliases. A host without a name is called unnamed in the tables. */
    private static final Map<String, String> CONFIGURATIONS =
            Map.of("names", """
            *:8001 ¦ first.example ¦ *.first.example
            *:8001 ¦ second.example ¦ www.second.example *.w?ld.example
            *:8001 ¦ third.example ¦ second.example x.first.example
            *:8002 ¦ other.example ¦
            """, "addresses", """
            *:8001 ¦ star.example ¦
            127.0.0.1:8001 ¦ one.example ¦
            127.0.0.1:8001 ¦ two.example ¦ alias.example
            127.0.0.1:0 ¦ anyport.example ¦
            *:0 ¦ all.example ¦
            """, "onlyip2", """
            127.0.0.2:8001 ¦ two.example ¦ alias.example
            """, "noname", """
            *:8001 ¦ named.example ¦
            *:8001 ¦  ¦ extra.example
            127.0.0.2:8001 *:8002 ¦ multi.example ¦
            """, "v6", """
            ::1:8001 ¦ six.example ¦
            2001:db8::5:8001 ¦ doc.example ¦
            *:8001 ¦ star.example ¦
            """);

    private static final String ANY_NAME =
            "first.example FIRST.example a.first.example x.first.example a.b.first.example"
                    + " first.example:99 first.example. second.example www.second.example:80 a.wild.example a.wld.example"
                    + " third.example nobody.example other.example 127.0.0.1 [::1]:80 (none) one.example two.example"
                    + " alias.example star.example anyport.example all.example main.example named.example extra.example"
                    + " multi.example";

    private static HostTable table(String name) {
        List<HostConfig> virtualHosts = new ArrayList<>();
        for (String line : CONFIGURATIONS.get(name).split("\n")) {
            String[] cells = line.split("¦", -1);
            List<HostAddress> addresses = new ArrayList<>();
            for (String address : cells[0].trim().split(" ")) {
                int colon = address.lastIndexOf(':');
                addresses.add(
                        new HostAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
            }
            String aliases = cells[2].trim();
            virtualHosts.add(
                    host(cells[1].trim(), aliases.isEmpty() ? List.of() : List.of(aliases.split(" ")), addresses));
        }
        return HostTable.of(new ProxyConfig(
                ServerConfig.DEFAULTS,
                List.of(new ListenerConfig("", 8001, List.of(), Source.NONE)),
                host("main.example", List.of(), List.of()),
                virtualHosts,
                Map.of()));
    }

    private static HostConfig host(String name, List<String> aliases, List<HostAddress> addresses) {
        return new HostConfig(
                name,
                0,
                aliases,
                addresses,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                RemoteIpConfig.NONE,
                Via.OFF,
                EncodedSlashes.NODECODE,
                -1,
                List.of(),
                List.of(),
                Settings.NONE,
                RewriteConfig.NONE,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Source.NONE);
    }

    private static String find(String configuration, String address, int port, String authority) {
        HostConfig found = table(configuration).find(address, port, authority).config();
        if (found.addresses().isEmpty()) {
            return "main";
        }
        return found.serverName().isEmpty() ? "unnamed" : found.serverName();
    }

    /** Each row is what httpd 2.4.71 chose for these names with the same configuration. */
    @ParameterizedTest(name = "{0}: {1}:{2} -> {3}")
    @CsvSource(delimiter = '¦', textBlock = """
            names ¦ 127.0.0.1 ¦ 8001 ¦ first.example ¦ first.example FIRST.example a.first.example x.first.example a.b.first.example first.example:99 first.example. a.wld.example nobody.example other.example 127.0.0.1 [::1]:80 (none) one.example two.example alias.example star.example anyport.example all.example main.example named.example extra.example multi.example
            names ¦ 127.0.0.1 ¦ 8001 ¦ second.example ¦ second.example www.second.example:80 a.wild.example
            names ¦ 127.0.0.1 ¦ 8001 ¦ third.example ¦ third.example
            names ¦ 127.0.0.1 ¦ 8002 ¦ other.example ¦ (any)
            names ¦ 127.0.0.2 ¦ 8001 ¦ first.example ¦ first.example FIRST.example a.first.example x.first.example a.b.first.example first.example:99 first.example. a.wld.example nobody.example other.example 127.0.0.1 [::1]:80 (none) one.example two.example alias.example star.example anyport.example all.example main.example named.example extra.example multi.example
            names ¦ 127.0.0.2 ¦ 8001 ¦ second.example ¦ second.example www.second.example:80 a.wild.example
            names ¦ 127.0.0.2 ¦ 8001 ¦ third.example ¦ third.example
            names ¦ 127.0.0.2 ¦ 8002 ¦ other.example ¦ (any)
            addresses ¦ 127.0.0.1 ¦ 8001 ¦ one.example ¦ first.example FIRST.example a.first.example x.first.example a.b.first.example first.example:99 first.example. second.example www.second.example:80 a.wild.example a.wld.example third.example nobody.example other.example 127.0.0.1 [::1]:80 (none) one.example star.example anyport.example all.example main.example named.example extra.example multi.example
            addresses ¦ 127.0.0.1 ¦ 8001 ¦ two.example ¦ two.example alias.example
            addresses ¦ 127.0.0.1 ¦ 8002 ¦ anyport.example ¦ (any)
            addresses ¦ 127.0.0.2 ¦ 8001 ¦ star.example ¦ (any)
            addresses ¦ 127.0.0.2 ¦ 8002 ¦ all.example ¦ (any)
            onlyip2 ¦ 127.0.0.1 ¦ 8001 ¦ main ¦ (any)
            onlyip2 ¦ 127.0.0.1 ¦ 8002 ¦ main ¦ (any)
            onlyip2 ¦ 127.0.0.2 ¦ 8001 ¦ two.example ¦ (any)
            onlyip2 ¦ 127.0.0.2 ¦ 8002 ¦ main ¦ (any)
            noname ¦ 127.0.0.1 ¦ 8001 ¦ named.example ¦ first.example FIRST.example a.first.example x.first.example a.b.first.example first.example:99 first.example. second.example www.second.example:80 a.wild.example a.wld.example third.example nobody.example other.example 127.0.0.1 [::1]:80 (none) one.example two.example alias.example star.example anyport.example all.example named.example multi.example
            noname ¦ 127.0.0.1 ¦ 8001 ¦ unnamed ¦ main.example extra.example
            noname ¦ 127.0.0.1 ¦ 8002 ¦ multi.example ¦ (any)
            noname ¦ 127.0.0.2 ¦ 8001 ¦ multi.example ¦ (any)
            noname ¦ 127.0.0.2 ¦ 8002 ¦ multi.example ¦ (any)
            """)
    void choosesTheHostThatHttpdChooses(String configuration, String address, int port, String expected, String names) {
        for (String name : (names.equals("(any)") ? ANY_NAME : names).split(" ")) {
            String authority = name.equals("(none)") ? "" : name;
            assertThat(find(configuration, address, port, authority)).as(name).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '¦', textBlock = """
            ::1 ¦ six.example
            0:0:0:0:0:0:0:1 ¦ six.example
            [::1] ¦ six.example
            ::1%0 ¦ six.example
            2001:DB8:0:0::5 ¦ doc.example
            2001:db8::6 ¦ star.example
            ::ffff:127.0.0.1 ¦ star.example
            """)
    void knowsAnAddressInAnySpelling(String address, String expected) {
        assertThat(find("v6", address, 8001, "x")).isEqualTo(expected);
    }

    @Test
    void servesNobodyWithAHostWhoseAddressNameIsUnknown() {
        HostTable table = HostTable.of(new ProxyConfig(
                ServerConfig.DEFAULTS,
                List.of(),
                host("main.example", List.of(), List.of()),
                List.of(host("lost", List.of(), List.of(new HostAddress("no-such-name.invalid", 80)))),
                Map.of()));
        assertThat(table.find("127.0.0.1", 80, "lost").name()).isEqualTo("main.example");
        assertThat(table.hosts()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'a', 'a'",
        "'a:', 'a'",
        "':80', ''",
        "'[::1', '::1'",
        "'.', '.'",
        "'a..', 'a.'",
        "'[]', ''",
        "'A:b:c', 'a:b'"
    })
    void readsTheNameOutOfAnyAuthority(String authority, String expected) {
        assertThat(Addresses.hostName(authority)).isEqualTo(expected);
    }
}
