package org.fairlead.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.fairlead.access.Passwords.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes as htpasswd and openssl wrote them. */
class PasswordHashesTest {
    private static Outcome compare(String password, String hash) {
        return new PasswordHashes().compare(password.getBytes(StandardCharsets.UTF_8), hash);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            secret | $2y$04$oobOHaEv6e4CixYojMzYiuEVoJ3Zs31rNY3G8AEysLkP5ImxmHkTa
            geheim | $2y$05$LzTtRDEHr2NVJ0LcVoIB/udLbhvsqHxNV/paHX2sQG9MIpoUQR106
            secret | $apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/
            ''     | $apr1$x1$3pYoaQ44IOAuZpLXgkh4A.
            a much longer password than sixteen bytes: äöü | $apr1$/./z$1thwHEp8wDJDFR/E4.lVt0
            geheim | {SHA}kGByAB793z4R5tK1eC9Hd/4Dhzk=
            """)
    void knowsThePasswordAndNoOther(String password, String hash) {
        assertThat(compare(password, hash)).isEqualTo(Outcome.RIGHT);
        assertThat(compare(password + "x", hash)).isEqualTo(Outcome.WRONG);
        assertThat(compare("", hash)).isEqualTo(password.isEmpty() ? Outcome.RIGHT : Outcome.WRONG);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            geheim | rSd8VIH9avrPY
            geheim | geheim
            geheim | $6$dnhiPOhUoHXZOnTR$BnYELUsipBuSMza7bpDC61pkqWPL1L.59C42pM/PgfaLyv9waY2U3
            geheim | $1$abc$xyz
            ''     | ''
            """)
    void whatIsNotSupportedLetsNobodyIn(String password, String hash) {
        assertThat(compare(password, hash)).isEqualTo(Outcome.UNSUPPORTED);
    }

    @ParameterizedTest
    @CsvSource({"$2y$04$short", "$2y$99$oobOHaEv6e4CixYojMzYiuEVoJ3Zs31rNY3G8AEysLkP5ImxmHkTa", "$apr1$", "{SHA}"})
    void aBrokenHashLetsNobodyIn(String hash) {
        assertThat(compare("secret", hash)).isNotEqualTo(Outcome.RIGHT);
    }

    @Test
    void bcryptLooksAtSeventyTwoBytes() {
        String hash = "$2y$04$oobOHaEv6e4CixYojMzYiuEVoJ3Zs31rNY3G8AEysLkP5ImxmHkTa";

        assertThat(compare("secret" + "x".repeat(100), hash)).isEqualTo(Outcome.WRONG);
    }
}
