package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.TlsAgreement;
import org.fairlead.http.RefusedException;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.ClientCertificates;
import org.fairlead.model.ClientCertificates.Revocation;
import org.fairlead.model.ClientCertificates.Verify;
import org.fairlead.model.PassPhrase;
import org.fairlead.model.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SniCheckTest {
    private static CertificateConfig tls(String file, Verify verify) {
        Path certificate = Path.of(file);
        return new CertificateConfig(
                List.of(),
                0,
                List.of(new CertificateConfig.Pair(certificate, certificate)),
                Optional.empty(),
                new PassPhrase.None(),
                List.of("TLSv1.3"),
                "",
                List.of(),
                false,
                true,
                false,
                new ClientCertificates(
                        verify,
                        1,
                        Optional.of(Path.of("ca.pem")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Revocation.NONE),
                Source.NONE);
    }

    private static int status(Exchange exchange, CertificateConfig host, String... ownNames) {
        try {
            new SniCheck(Optional.of(host)).check(exchange, List.of(ownNames)::contains);
            return 200;
        } catch (RefusedException e) {
            return e.status();
        }
    }

    private static Exchange connection(Optional<TlsAgreement> agreement, String verdict) {
        Exchange exchange = mock(Exchange.class);
        when(exchange.tlsAgreement()).thenReturn(agreement);
        when(exchange.tlsVariable("SSL_CLIENT_VERIFY")).thenReturn(Optional.of(verdict));
        return exchange;
    }

    private static Optional<TlsAgreement> made(String name, CertificateConfig by) {
        return Optional.of(new TlsAgreement(name, by.clients().toString(), by.agreement()));
    }

    @ParameterizedTest(name = "named {0}, made by {1} {2} ({3}), asked of {4} {5}: {6}")
    @CsvSource(textBlock = """
            a, one.pem, NONE,     NONE,     one.pem, NONE,     200
            a, one.pem, NONE,     NONE,     two.pem, NONE,     421
            '',one.pem, NONE,     NONE,     two.pem, NONE,     421
            b, one.pem, NONE,     NONE,     two.pem, NONE,     200
            a, one.pem, NONE,     NONE,     one.pem, REQUIRE,  421
            b, one.pem, NONE,     NONE,     one.pem, REQUIRE,  421
            b, one.pem, OPTIONAL, SUCCESS,  one.pem, REQUIRE,  421
            b, one.pem, NONE,     NONE,     one.pem, OPTIONAL, 421
            a, one.pem, REQUIRE,  SUCCESS,  one.pem, REQUIRE,  200
            a, one.pem, REQUIRE,  SUCCESS,  two.pem, REQUIRE,  421
            b, one.pem, REQUIRE,  NONE,     one.pem, REQUIRE,  403
            b, one.pem, REQUIRE,  GENEROUS, one.pem, REQUIRE,  403
            """)
    void aConnectionServesHostsThatItWasMadeForOrThatHaveTheSameSettings(
            String name,
            String madeBy,
            Verify madeAsking,
            String verdict,
            String askedFile,
            Verify asked,
            int expected) {
        Exchange exchange = connection(made(name, tls(madeBy, madeAsking)), verdict);

        assertThat(status(exchange, tls(askedFile, asked), "b")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({"REQUIRE, NONE, 403", "REQUIRE, SUCCESS, 200", "OPTIONAL, NONE, 200", "NONE, NONE, 200"})
    void whereTheContainerMakesConnectionsARequiredCertificateMustBeThere(Verify verify, String verdict, int expected) {
        assertThat(status(connection(Optional.empty(), verdict), tls("one.pem", verify)))
                .isEqualTo(expected);
    }

    @Test
    void aHostWithoutTlsOfItsOwnTakesAll() throws Exception {
        new SniCheck(Optional.empty()).check(connection(made("a", tls("one.pem", Verify.NONE)), "NONE"), name -> false);
    }
}
