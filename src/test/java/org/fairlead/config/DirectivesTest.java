package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectivesTest {
    @Test
    void everyRowSaysWhatTheOperatorNeeds() {
        assertThat(Directives.ALL.all()).hasSizeGreaterThan(700).allSatisfy(d -> {
            boolean read = d.shape() != Directive.Shape.ANY && d.shape() != Directive.Shape.TRANSPARENT;
            assertThat(d.places()).as(d.name()).isNotEmpty();
            assertThat(d.usage().isEmpty()).as("usage of " + d.name()).isEqualTo(!read);
            assertThat(d.text().isEmpty()).as("text of " + d.name()).isEqualTo(d.standing() == Directive.Standing.RUNS);
            assertThat(d.harmless().isPresent())
                    .as("harmless of " + d.name())
                    .isEqualTo(!d.harmlessText().isEmpty() || d.name().equals("ProxyRequests"));
            assertThat(d.harmless().isEmpty() || d.standing() == Directive.Standing.REFUSED)
                    .as("standing of " + d.name())
                    .isTrue();
        });
    }

    @Test
    void whatRunsIsReadAndWhatDoesNotIsNot() {
        assertThat(Directives.ALL.all()).allSatisfy(d -> {
            boolean runs = d.standing() == Directive.Standing.RUNS || d.standing() == Directive.Standing.DIFFERS;
            boolean onlyOff = d.name().equals("ProxyRequests");
            boolean transparent = d.shape() == Directive.Shape.TRANSPARENT;
            assertThat(d.shape() != Directive.Shape.ANY).as(d.name()).isEqualTo(runs || onlyOff || transparent);
        });
    }

    @Test
    void everythingOfTheTreeIsThere() {
        Set<String> nodes = Directives.ALL.all().stream()
                .filter(d -> d.shape() != Directive.Shape.ANY)
                .map(Directive::node)
                .collect(Collectors.toSet());

        assertThat(nodes).contains("""
                        servername timeout keepalive keepalivetimeout maxkeepaliverequests maxrequestworkers maxconnections \
                        maxconnectionsperchild listenbacklog limitrequestline limitrequestfieldsize limitrequestfields \
                        limitrequestbody gracefulshutdowntimeout allowencodedslashes traceenable proxypreservehost \
                        proxyaddheaders proxyvia proxytimeout proxymaxforwards proxyhctpsize sslengine sslcertificatefile \
                        sslcertificatekeyfile sslcertificatechainfile sslprotocol sslciphersuite sslhonorcipherorder \
                        sslproxyengine sslproxyverify sslproxycheckpeername sslproxycheckpeercn sslproxycheckpeerexpire \
                        sslproxycacertificatefile sslproxycacertificatepath sslproxymachinecertificatefile \
                        sslproxyprotocol sslproxyciphersuite proxysourceaddress proxyiobuffersize \
                        proxyreceivebuffersize balancerinherit proxypassinherit documentroot proxyrequests listen \
                        serveralias proxyerroroverride virtualhost location proxy balancermember proxyset proxypass \
                        proxypassmatch proxypassreverse proxypassreversecookiedomain proxypassreversecookiepath header \
                        requestheader errordocument alias proxyhctemplate proxyhcexpr proxyremote noproxy""".split(" +"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            proxypass,       ProxyPass
            PROXYPASS,       ProxyPass
            <location,       <Location>
            SecRuleEngine,   SecRuleEngine
            <LuaHookFixups,  <LuaHookFixups>
            """)
    void isFoundInAnyCase(String written, String name) {
        assertThat(Directives.ALL.find(written)).map(Directive::name).contains(name);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            ProxyPas,          ProxyPass
            proxypassrevers,   ProxyPassReverse
            BalancerMembr,     BalancerMember
            BalanceMember,     BalancerMember
            ServreName,        ServerName
            Lisen,             Listen
            <Virtualhosts,     <VirtualHost>
            KeepaliveTimeuot,  KeepAliveTimeout
            Frobnicate,
            x,
            """)
    void findsWhatWasMeant(String written, String meant) {
        assertThat(Directives.ALL.nearest(written).orElse(null)).isEqualTo(meant);
    }
}
