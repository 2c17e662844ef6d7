package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberStatusTest {
    /** X stands for ejected. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            # flags, words,           usable, out of service, normal, returning
            '',      Ok,              true,   false,          true,   false
            I,       Ign Ok,          true,   false,          true,   false
            H,       Stby Ok,         true,   false,          false,  false
            R,       Spar Ok,         true,   false,          false,  false
            HR,      Stby Spar Ok,    true,   false,          false,  false
            N,       Drn Ok,          true,   false,          true,   false
            D,       Dis,             false,  true,           true,   false
            S,       Stop,            false,  true,           true,   false
            E,       Err,             false,  false,          true,   true
            C,       HcFl,            false,  false,          true,   false
            X,       Ejct,            false,  false,          true,   true
            EI,      Ign Err,         false,  false,          true,   true
            ES,      Stop Err,        false,  true,           true,   false
            XS,      Stop Ejct,       false,  true,           true,   false
            ED,      Dis Err,         false,  true,           true,   true
            EC,      Err HcFl,        false,  false,          true,   true
            EX,      Err Ejct,        false,  false,          true,   true
            ND,      Drn Dis,         false,  true,           true,   false
            NE,      Drn Err,         false,  false,          true,   true
            HD,      Dis Stby,        false,  true,           false,  false
            RC,      Spar HcFl,       false,  false,          false,  false
            DSIRHENCX, Ign Drn Dis Stop Err Stby Spar HcFl Ejct, false, true, false, false
            """)
    void followsFromTheFlags(
            String flags, String words, boolean usable, boolean out, boolean normal, boolean returning) {
        MemberStatus status = MemberStatus.of(Cluster.flags(flags), flags.contains("X"));
        assertThat(status.words()).isEqualTo(words);
        assertThat(status.isUsable()).isEqualTo(usable);
        assertThat(status.isOutOfService()).isEqualTo(out);
        assertThat(status.isNormal()).isEqualTo(normal);
        assertThat(status.isReturning()).isEqualTo(returning);
    }

    @ParameterizedTest
    @CsvSource({"D", "S", "I", "R", "H", "E", "N", "C"})
    void eachFlagIsSeenAlone(String letter) {
        var flag = Cluster.flags(letter).iterator().next();
        assertThat(MemberStatus.of(Cluster.flags(letter), false).has(flag)).isTrue();
        assertThat(MemberStatus.of(Cluster.flags("DSIRHENC".replace(letter, "")), true)
                        .has(flag))
                .isFalse();
    }
}
