package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who gets which request. Every row's outcome is what a running httpd 2.4 did with the same balancer and the same
 * steps, but for the rows of {@link #decidedOtherwise}.
 *
 * <p>Steps: {@code 3} three requests without a session; {@code @x} one of a session with route x; {@code !a} member a
 * refuses connections from now on, {@code ^a} no longer; {@code ~} 1.2 s pass; {@code a+D}, {@code a-D} the operator
 * sets or clears a flag; {@code a=3} he sets the load factor. Outcome: one letter for each request, the member that answered; a capital where the route
 * changed (BALANCER_ROUTE_CHANGED); {@code -} where the client got 503.
 */
class SelectionTest {
    @ParameterizedTest(name = "[{0}] {1}: {2} -> {3}")
    @CsvSource(textBlock = """
            # shares
            '', 'a;b;c',                                        '7',                        abcabca
            '', 'a factor=2;b',                                 '6',                        abaaba
            '', 'a factor=1.25;b factor=2.5',                   '9',                        babbabbab
            # lbset
            '', 'a set=0;b set=1',                              '3',                        aaa
            '', 'a set=1;b set=0',                              '3',                        bbb
            '', 'a set=0 flags=D;b set=1;c set=1',              '4',                        bcbc
            '', 'a set=0;b set=5;c set=99',                     '1 !a 2 !b 2',              abbcc
            '', 'a set=0 flags=H;b set=1',                      '3',                        aaa
            '', 'a set=0 flags=R;b set=1',                      '3',                        bbb
            '', 'a set=0;b set=0;c set=1',                      '!a 3 !b 3',                bbbccc
            # standby
            '', 'a;b flags=H',                                  '2 !a 2',                   aabb
            '', 'a;b flags=H;c flags=H',                        '1 !a 4',                   abcbc
            '', 'a retry=1;b flags=H',                          '1 !a 2 ^a 1 ~ 2',          abbbaa
            '', 'a;b;c flags=H',                                '!a 2 !b 2',                bbcc
            '', 'a flags=D;b flags=H',                          '2',                        bb
            '', 'a flags=N;b flags=H',                          '2',                        bb
            # spare
            '', 'a;b;c flags=R',                                '4',                        abab
            '', 'a;b;c flags=R',                                '1 !b 5',                   aacaca
            '', 'a;b;c flags=R;d flags=R',                      '1 !b 4',                   aacac
            '', 'a;b;c flags=R;d flags=R',                      '1 !b 2 !a 4',              aaccdcd
            '', 'a;b flags=D;c flags=R',                        '4',                        acac
            '', 'a;b flags=N;c flags=R',                        '4',                        acac
            '', 'a;b flags=NR;c flags=R',                       '3',                        aaa
            '', 'a set=0;b set=1 flags=D;c set=0 flags=R',      '3',                        aaa
            '', 'a flags=D;b flags=R;c flags=H',                '3',                        bbb
            '', 'a flags=D;b flags=R;c flags=H',                '1 !b 2',                   bcc
            '', 'a;b flags=RH;c flags=H',                       '1 !a 2',                   abb
            # out of service
            '', 'a flags=D;b;c',                                '4',                        bcbc
            '', 'a flags=S;b;c',                                '4',                        bcbc
            '', 'a flags=N;b;c',                                '4',                        bcbc
            '', 'a flags=D;b flags=S;c flags=N',                '2',                        --
            '', 'a;b',                                          '2 b+D 3 b-D 4',            abaaaabab
            '', 'a;b',                                          '2 b+N 3 b-N 4',            abaaaabab
            '', 'a;b',                                          '1 a+C 2 a-C 2',            abbba
            '', 'a;b',                                          '1 b+D 2 b-D 3',            aaabab
            '', 'a;b',                                          '1 a=3 6',                  aaaabaa
            '', 'a;b;c',                                        '2 c=2 6',                  abcabcca
            # errors and retry
            '', 'a;b',                                          '1 !b 3',                   aaaa
            '', 'a retry=1;b retry=1',                          '1 !b 2 ^b 2 ~ 4',          aaaaaabab
            '', 'a;b;c',                                        '!a 6',                     bcbcbc
            '', 'a retry=0;b',                                  '!a 2 ^a 4',                bbabab
            '', 'a flags=I;b',                                  '!a 4',                     -b-b
            '', 'a flags=E;b',                                  '4',                        abab
            '', 'a flags=ES;b',                                 '2',                        bb
            'maxattempts=1', 'a;b;c',                           '!a !b 2',                  -c
            'maxattempts=0', 'a;b',                             '!a 3',                     -bb
            '', 'a;b;c',                                        '!a !b !c 1',               -
            # forced recovery
            '', 'a;b',                                          '!a !b 1 ^a ^b 4',          -baba
            '', 'a',                                            '!a 1 ^a 2',                -aa
            'forcerecovery=Off', 'a;b',                         '!a !b 1 ^a ^b 2',          ---
            'forcerecovery=Off', 'a retry=1;b',                 '!a !b 1 ^a ^b 1 ~ 2',      --aa
            '', 'a;b flags=D',                                  '!a 1 ^a 2',                ---
            '', 'a;b',                                          'a+C b+C 2',                --
            # sessions
            'stickysession=S', 'a route=x;b route=y',           '2',                        AB
            'stickysession=S', 'a route=x;b route=y',           '@y @y @x @y',              bbab
            'stickysession=S', 'a route=x;b route=y',           '@z @z',                    AB
            'stickysession=S', 'a route=x;b route=y',           '@x @x 3',                  aaBBA
            'stickysession=S', 'a route=x;b route=y;c route=z', '@x @x 5',                  aaBCBCA
            'stickysession=S', 'a route=x;b route=y',           '!a @x @x ^a @x',           BBB
            'stickysession=S', 'a route=x retry=1;b route=y',   '!a @x ^a @x ~ @x',         BBa
            'stickysession=S', 'a route=x flags=D;b route=y',   '@x',                       B
            'stickysession=S', 'a route=x flags=S;b route=y',   '@x',                       B
            'stickysession=S', 'a route=x flags=N;b route=y',   '@x 2 @x @y',               aBBab
            'stickysession=S', 'a route=x;b route=y',           '@x a+N @x 2',              aaBB
            'stickysession=S', 'a route=x flags=H;b route=y',   '@x 2 @x',                  aBBa
            'stickysession=S', 'a route=x flags=H;b route=x',   '@x @x',                    bb
            'stickysession=S', 'a route=x flags=R;b route=y',   '@x 2',                     aBB
            'stickysession=S', 'a route=x set=1;b route=y',     '@x 2',                     aBB
            'stickysession=S', 'a route=x;b route=x;c',         '@x @x !a @x @x',           aabb
            'stickysession=S', 'a route=x;b route=y;c flags=H', '@x 3 !a !b 2',             aBBACC
            'stickysession=S', 'a route=x;b route=y flags=D;c', '@x @x 4',                  aaCCAC
            'stickysession=S', 'a route=x;b route=y flags=N;c', '@x @x 5',                  aaCCCAC
            'stickysession=S', 'a route=x;b route=y;c set=1',   '@x 4 !a !b 1',             aBBABC
            # redirect
            'stickysession=S', 'a route=x redirect=y;b;c route=y',                      '!a @x @x',     CC
            'stickysession=S', 'a route=x redirect=y flags=D;b;c route=y',              '@x @x 2',      CCBB
            'stickysession=S', 'a route=x redirect=y flags=D;b route=y flags=H;c',      '@x @x 2',      BBCC
            'stickysession=S', 'a route=x redirect=y flags=D;b route=y flags=D redirect=z;c route=z;d', '@x', C
            'stickysession=S', 'a route=x redirect=y flags=D;b route=y redirect=x flags=D;c',           '@x', C
            'stickysession=S', 'a route=x redirect=nowhere flags=D;b',                  '@x',           B
            'stickysession=S', 'a route=x redirect=y flags=N;b route=y',                '@x',           a
            # nofailover
            'stickysession=S nofailover=On', 'a route=x;b route=y',                     '!a @x @x @y 1',    --bB
            'stickysession=S nofailover=On', 'a route=x flags=D;b route=y',             '@x @z',            -B
            'stickysession=S nofailover=On', 'a route=x redirect=y flags=D;b route=y',  '@x',               B
            'stickysession=S nofailover=On', 'a route=x retry=1;b route=y',             '!a @x ^a @x ~ @x', --a
            """)
    void theChosenMembersAreThoseThatHttpdChooses(String options, String members, String steps, String expected) {
        assertThat(run(options, members, steps)).isEqualTo(expected);
    }

    /** A request that failed at a member never goes there again, even if recovery was forced meanwhile. */
    @ParameterizedTest(name = "[{0}] {1}: {2} -> {3}, httpd: {4}")
    @CsvSource(textBlock = """
            '',              'a;b', '1 !b 1 ^b !a 1',   aab,  aa-
            """)
    void decidedOtherwise(String options, String members, String steps, String expected, String httpd) {
        assertThat(run(options, members, steps)).isEqualTo(expected).isNotEqualTo(httpd);
    }

    static String run(String options, String members, String steps) {
        Cluster cluster = Cluster.of(members.split(";"));
        for (String option : options.split(" ")) {
            String value = option.substring(option.indexOf('=') + 1);
            switch (option.split("=")[0]) {
                case "" -> {}
                case "stickysession" -> cluster.sticky(value);
                case "nofailover" -> cluster.failover = value.equals("Off");
                case "forcerecovery" -> cluster.forceRecovery = value.equals("On");
                case "maxattempts" -> cluster.maxAttempts = OptionalInt.of(Integer.parseInt(value));
                default -> throw new IllegalArgumentException(option);
            }
        }
        return new Play(cluster).run(steps);
    }

    /** A cluster with an engine as small as can be, and members that refuse connections or answer at once. */
    private static final class Play {
        private final Cluster cluster;
        private final Set<String> refusing = new HashSet<>();
        private final StringBuilder outcome = new StringBuilder();

        Play(Cluster cluster) {
            this.cluster = cluster;
        }

        String run(String steps) {
            for (String step : steps.split(" ")) {
                if (step.startsWith("!")) {
                    refusing.add(step.substring(1));
                } else if (step.startsWith("^")) {
                    refusing.remove(step.substring(1));
                } else if (step.equals("~")) {
                    cluster.pass(Duration.ofMillis(1200));
                } else if (step.startsWith("@")) {
                    request(Cluster.route(step.substring(1)));
                } else if (Character.isDigit(step.charAt(0))) {
                    for (int i = Integer.parseInt(step); i > 0; i--) {
                        request(Affinity.NONE);
                    }
                } else if (step.charAt(1) == '=') {
                    int factor = 100 * Integer.parseInt(step.substring(2));
                    cluster.balancer()
                            .order(
                                    cluster.get(step.substring(0, 1)),
                                    orders -> orders.withLoadFactor(factor),
                                    OrderOrigin.configuration());
                } else {
                    order(cluster.get(step.substring(0, 1)), step.charAt(1) == '+', step.charAt(2));
                }
            }
            return outcome.toString();
        }

        private void order(Member member, boolean on, char letter) {
            if (letter == 'C') {
                if (on) {
                    member.probeFailed();
                } else {
                    member.probePassed();
                }
                return;
            }
            StatusFlag flag = Cluster.flags(String.valueOf(letter)).iterator().next();
            cluster.balancer().order(member, orders -> orders.with(flag, on), OrderOrigin.configuration());
        }

        private void request(Affinity wish) {
            List<Member> tried = new ArrayList<>();
            int further = cluster.balancer().maxAttempts();
            do {
                try (Lease lease = cluster.balancer().lease(wish, tried)) {
                    String name = lease.member().name();
                    if (!refusing.contains(name)) {
                        outcome.append(lease.routeChanged() ? name.toUpperCase() : name);
                        return;
                    }
                    lease.failed();
                    tried.add(lease.member());
                    if (lease.member().status().isUsable()) {
                        break; // its flag I: httpd asks no other one then
                    }
                } catch (NoMemberException e) {
                    break;
                }
            } while (further-- > 0);
            outcome.append('-');
        }
    }
}
