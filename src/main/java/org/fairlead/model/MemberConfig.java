package org.fairlead.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One configured member of a balancer (httpd: worker): what the operator wrote, nothing measured.
 *
 * @param name its URL in canonical form ({@code http://host:8000/app}; the port is left out where it is the scheme's),
 *     unique within its balancer; messages, logs and the console call it so
 * @param address where it listens
 * @param path what is put before every forwarded path; empty or with a leading slash
 * @param loadFactorHundredths {@code loadfactor} × 100: 100 to 10000; default 100
 * @param lbset {@code lbset}: 0 to 99; lower sets are tried first
 * @param route {@code route}: matched with the session's suffix; at most 95 characters, empty = none
 * @param redirect {@code redirect}: the route that takes over its sessions when it is unusable; empty = none
 * @param status the flags it starts with
 * @param retry how long it rests after an error; zero = every request may try it
 * @param upgrade {@code upgrade}: protocols it may switch to, lower case ({@code websocket}), {@code any} for all;
 *     empty = none
 * @param resolve {@code resolve}: whether one member is made of each address its name has
 * @param pool its connections
 * @param health its probe; empty = none
 * @param tls how it is trusted; used when {@link MemberAddress#secure()}
 */
public record MemberConfig(
        String name,
        MemberAddress address,
        String path,
        int loadFactorHundredths,
        int lbset,
        String route,
        String redirect,
        Set<StatusFlag> status,
        Duration retry,
        List<String> upgrade,
        Resolve resolve,
        PoolConfig pool,
        Optional<HealthCheckConfig> health,
        MemberTlsConfig tls,
        Source source) {

    /** httpd's {@code status=} letters: what the operator wants, and what he says was observed. */
    public enum StatusFlag {
        DISABLED('D'),
        STOPPED('S'),
        IGNORE_ERRORS('I'),
        SPARE('R'),
        STANDBY('H'),
        ERROR('E'),
        DRAIN('N'),
        HEALTH_CHECK_FAILED('C');

        private final char letter;

        StatusFlag(char letter) {
            this.letter = letter;
        }

        public char letter() {
            return letter;
        }
    }

    /** {@code resolve}: what becomes of a host name with several addresses. */
    public enum Resolve {
        /** One member; each new connection tries the addresses in turn (httpd). */
        OFF,
        /** One member for each A and AAAA record, followed as they change. */
        ALL,
        /** One member for each SRV record. */
        SRV
    }

    public MemberConfig {
        Check.range("loadfactor × 100", loadFactorHundredths, 100, 10_000);
        Check.range("lbset", lbset, 0, 99);
        length("route", route);
        length("redirect", redirect);
        Check.notNegative("retry", retry);
        status = Set.copyOf(status);
        upgrade = List.copyOf(upgrade);
    }

    private static void length(String key, String value) {
        if (value.length() > 95) {
            throw new IllegalArgumentException(key + " '" + value + "' (expected: at most 95 characters)");
        }
    }

    /** Returns the same member as said elsewhere. */
    public MemberConfig withSource(Source other) {
        return new MemberConfig(
                name,
                address,
                path,
                loadFactorHundredths,
                lbset,
                route,
                redirect,
                status,
                retry,
                upgrade,
                resolve,
                pool,
                health,
                tls,
                other);
    }

    /** Returns a plain http member with httpd's defaults, for tests and {@code --balance}. */
    public static MemberConfig of(String host, int port) {
        return new MemberConfig(
                "http://" + host + (port == 80 ? "" : ":" + port),
                MemberAddress.http(host, port),
                "",
                100,
                0,
                "",
                "",
                Set.of(),
                Duration.ofSeconds(60),
                List.of(),
                Resolve.OFF,
                PoolConfig.DEFAULTS,
                Optional.empty(),
                MemberTlsConfig.DEFAULTS,
                Source.NONE);
    }
}
