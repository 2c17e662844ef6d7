package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fairlead.model.RemoteIpConfig;
import org.fairlead.model.RemoteIpConfig.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteIpReaderTest {
    @TempDir
    private Path folder;

    private static RemoteIpConfig main(String... lines) {
        return Configs.conf(lines).config().mainHost().remoteIp();
    }

    @Test
    void nobodyIsBelievedWhereNothingIsSaid() {
        assertThat(main("ProxyPass / http://a/")).isEqualTo(RemoteIpConfig.NONE);
    }

    @Test
    void rangesKeepTheirOrderAcrossTheirKinds() {
        assertThat(main(
                        "RemoteIPHeader X-Client",
                        "RemoteIPProxiesHeader X-Proxies",
                        "RemoteIPTrustedProxy 10.9.9.9 2001:db8::/32",
                        "RemoteIPInternalProxy 10.0.0.0/8",
                        "RemoteIPTrustedProxy 192.168 203.0.113.0/255.255.255.0"))
                .isEqualTo(new RemoteIpConfig(
                        "X-Client",
                        "X-Proxies",
                        List.of(
                                new Proxy("10.9.9.9", false),
                                new Proxy("2001:db8::/32", false),
                                new Proxy("10.0.0.0/8", true),
                                new Proxy("192.168", false),
                                new Proxy("203.0.113.0/255.255.255.0", false))));
    }

    @Test
    void aHostInheritsWhatItDoesNotSay() {
        LoadedConfig loaded = Configs.conf(
                "Listen 80",
                "RemoteIPHeader X-Client",
                "RemoteIPInternalProxy 10.0.0.1",
                "<VirtualHost *:80>",
                "ServerName a",
                "RemoteIPProxiesHeader X-Proxies",
                "</VirtualHost>",
                "<VirtualHost *:80>",
                "ServerName b",
                "RemoteIPTrustedProxy 10.0.0.2",
                "</VirtualHost>");
        assertThat(loaded.config().virtualHosts())
                .extracting(host -> host.remoteIp())
                .containsExactly(
                        new RemoteIpConfig("X-Client", "X-Proxies", List.of(new Proxy("10.0.0.1", true))),
                        new RemoteIpConfig("X-Client", "", List.of(new Proxy("10.0.0.2", false))));
    }

    @Test
    void aListIsAFileOfWordsAndCommentsThatIsWatched() throws Exception {
        Path list =
                Files.writeString(folder.resolve("list"), "# ours\n10.0.0.1 10.0.0.2 # b\u00fcro\n\n\t10.1.0.0/16\n");
        Path conf = Files.writeString(
                folder.resolve("f.conf"), "RemoteIPHeader X-Client\nRemoteIPInternalProxyList list\n");

        LoadedConfig loaded = new ConfigLoader().load(conf);

        assertThat(loaded.config().mainHost().remoteIp().proxies())
                .containsExactly(
                        new Proxy("10.0.0.1", true), new Proxy("10.0.0.2", true), new Proxy("10.1.0.0/16", true));
        assertThat(loaded.files()).containsExactlyInAnyOrder(conf, list);
    }

    @Test
    void aMistakeInAListIsToldWithItsLine() throws Exception {
        Files.writeString(folder.resolve("list"), "10.0.0.1\ngateway\n");
        Path conf = Files.writeString(folder.resolve("f.conf"), "RemoteIPTrustedProxyList list\n");

        assertThatThrownBy(() -> new ConfigLoader().load(conf))
                .hasMessageContaining("f.conf:1: RemoteIPTrustedProxyList 'gateway' at line 2 of '" + list() + "'"
                        + " (expected: an address, its first parts, or a network such as 10.0.0.0/8; names are not"
                        + " looked up)");
    }

    private Path list() {
        return folder.resolve("list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1/16",
                "10.0.0.0/0",
                "0.0.0.0/0",
                "::/0",
                "10.0.0.0/33",
                "2001:db8::/129",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.01/8",
                "gateway.example",
                "10.0.0.0/",
                "[::1]",
                "1.2.3.4.5",
                "*"
            })
    void whatNamesNoRangeIsRefused(String word) {
        assertThatThrownBy(() -> new ConfigLoader().load("RemoteIPInternalProxy " + word + "\n", "conf", "f"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("RemoteIPInternalProxy '" + word + "'");
    }

    @Test
    void believingEverybodyIsTold() {
        assertThat(Configs.notices(Configs.conf("RemoteIPHeader X-Client", "ProxyPass / http://a/")))
                .singleElement()
                .asString()
                .contains("RemoteIPHeader 'X-Client' without RemoteIPInternalProxy or RemoteIPTrustedProxy");
    }

    @Test
    void aFieldIsAToken() {
        assertThatThrownBy(() -> new ConfigLoader().load("RemoteIPHeader \"X Client\"\n", "conf", "f"))
                .hasMessageContaining("RemoteIPHeader 'X Client' (expected: the name of a field)");
    }
}
