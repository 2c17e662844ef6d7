package org.fairlead.system;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scenarios that {@link BalancerDifferentialIT} plays. */
final class BalancerScenarios {
    private static final String STICKY = "stickysession=JSESSIONID|jsessionid";

    /** Those where every single choice is the same. */
    static final List<BalancerScenario> EXACT = List.of(
            scenario("two equal members take turns", ";", "", "10"),
            scenario("three equal members take turns", ";;", "", "9"),
            scenario("one member", "", "", "4"),
            scenario("twice the work for one", "loadfactor=2;", "", "12"),
            scenario("weights of 5, 1 and 1", "loadfactor=5;loadfactor=1;loadfactor=1", "", "21"),
            scenario("weights of 1, 2, 3 and 4", "loadfactor=1;loadfactor=2;loadfactor=3;loadfactor=4", "", "30"),
            scenario("a decimal weight", "loadfactor=1.5;loadfactor=1", "", "20"),
            scenario("weights of 100 and 1", "loadfactor=100;loadfactor=1", "", "30"),
            scenario("a member dies and rests", ";", "", "3 !b 6"),
            scenario("the first member dies and rests", ";;", "", "2 !a 7"),
            scenario("a dead member that may be tried at once", "retry=0;retry=0", "", "3 !b 6 ^b 6"),
            scenario("a dead member with the greater weight", "loadfactor=3;", "", "4 !a 4"),
            scenario("all members die and come back", ";", "", "2 !a !b 3 ^a ^b 6"),
            scenario("all members die, one comes back", ";;", "", "3 !a !b !c 2 ^c 5"),
            scenario("no recovery by force", ";", "forcerecovery=Off", "2 !a !b 3 ^a ^b 4"),
            scenario("a single member dies and comes back", "", "", "1 !a 2 ^a 3"),
            scenario("a single member dies, and no recovery by force", "", "forcerecovery=Off", "1 !a 2 ^a 2"),
            scenario("a single member that may be tried at once", "retry=0", "forcerecovery=Off", "1 !a 2 ^a 3"),
            scenario("members of one set first", "lbset=0;lbset=1", "", "4"),
            scenario("the next set when the first is dead", "lbset=0;lbset=0;lbset=1", "", "4 !a 3 !b 4 ^a 3"),
            scenario("sets in any order", "lbset=2;lbset=1;lbset=1", "", "5 !b !c 4"),
            scenario("three sets", "lbset=0;lbset=1;lbset=2", "", "2 !a 2 !b 2 !c 2"),
            scenario("standby is the last resort", ";status=+H", "", "4 !a 4"),
            scenario("standby among three", ";;status=+H", "", "4 !a 4 !b 4"),
            scenario("two standbys", ";status=+H;status=+H", "", "3 !a 6"),
            scenario("standby comes before the next set", "lbset=0;lbset=0 status=+H;lbset=1", "", "2 !a 3 !b 3"),
            scenario("standby steps back", "retry=0;status=+H", "", "2 !a 3 ^a 4"),
            scenario("a spare stands in for one", ";;status=+R", "", "4 !a 6"),
            scenario("a spare waits", ";status=+R", "", "4"),
            scenario("two spares and one death", ";;status=+R;status=+R", "", "4 !a 8"),
            scenario("two spares and two deaths", ";;status=+R;status=+R", "", "4 !a !b 8"),
            scenario("a spare before a standby", ";status=+R;status=+H", "", "2 !a 3 !b 3"),
            scenario("a draining member gets nothing new", ";status=+N", "", "5"),
            scenario("a draining member keeps its sessions", "route=a;route=b status=+N", STICKY, "2 ~x.b 1 ~x.b"),
            scenario("a draining member and a spare", ";status=+N;status=+R", "", "6"),
            scenario("a disabled member gets nothing", ";status=+D", "", "4"),
            scenario("a disabled member gets no sessions either", "route=a;route=b status=+D", STICKY, "1 ~x.b 1"),
            scenario("a stopped member gets nothing", ";status=+S", "", "4"),
            scenario("all disabled", "status=+D;status=+D", "", "2"),
            scenario("a member whose errors are ignored", "status=+I;", "", "2 !a 6"),
            scenario("sessions stick by cookie", "route=a;route=b", STICKY, "1 ~x.b ~x.b ~x.a ~x.b 4"),
            scenario("sessions stick by path", "route=a;route=b", STICKY, "1 /x.b /x.b /x.a /x.b 4"),
            scenario("sessions count in the quota", "route=a;route=b", STICKY, "~x.b ~x.b ~x.b ~x.b 6"),
            scenario(
                    "sessions count in a weighted quota",
                    "route=a loadfactor=3;route=b;route=c",
                    STICKY,
                    "~x.b ~x.b ~x.c 12"),
            scenario("an unknown route is balanced", "route=a;route=b", STICKY, "~x.z ~x.z ~x.z 2"),
            scenario("a value without a route is balanced", "route=a;route=b", STICKY, "~x ~x ~x. 2"),
            scenario("the route is what follows the first dot", "route=a;route=b.c", STICKY, "~x.b.c ~x.b.c ~x.y.a 2"),
            scenario("another separator", "route=a;route=b", STICKY + " stickysessionsep=_", "~x_b ~x.b ~x_b 2"),
            scenario("no separator", "route=a;route=b", STICKY + " stickysessionsep=Off", "~b ~x.b ~b 2"),
            scenario("a session of a dead member fails over", "route=a;route=b", STICKY, "~x.b !b ~x.b ~x.b 2"),
            scenario(
                    "a session of a dead member does not fail over",
                    "route=a;route=b",
                    STICKY + " nofailover=On",
                    "~x.b !b ~x.b ~x.b 2 ~x.b"),
            scenario("an unknown route with nofailover", "route=a;route=b", STICKY + " nofailover=On", "~x.z ~x.z 2"),
            scenario(
                    "a session goes where its dead member says",
                    "route=a;route=b redirect=c;route=c",
                    STICKY,
                    "~x.b !b ~x.b ~x.b ~x.b 3"),
            scenario(
                    "a session goes where a disabled member says",
                    "route=a;route=b redirect=a status=+D;route=c",
                    STICKY,
                    "~x.b ~x.b ~x.b 3"),
            scenario(
                    "redirects in a row",
                    "route=a redirect=b;route=b redirect=c;route=c;route=d",
                    STICKY,
                    "!a !b ~x.a ~x.a ~x.a ~x.a 4"),
            scenario("a session of a standby", "route=a;route=b status=+H", STICKY, "1 ~x.b ~x.b 2"),
            scenario("one attempt only", ";;", "maxattempts=1", "3 !a !b 6"),
            scenario("two attempts", ";;;", "maxattempts=2", "4 !a !b !c 6"),
            scenario("failonstatus", ";", "failonstatus=503", "2 a:503 4 a:200 3"),
            scenario("failonstatus of several", ";;", "failonstatus=500,503", "3 a:500 b:503 6"),
            scenario("failonstatus where all fail", ";", "failonstatus=503", "a:503 b:503 6"),
            scenario(
                    "failonstatus and a member that is tried again",
                    "retry=1;retry=1",
                    "failonstatus=500",
                    "a:500 4 +1500 4"),
            scenario(
                    "failonstatus and a member that recovers",
                    "retry=1;retry=1",
                    "failonstatus=500",
                    "a:500 4 a:200 +1500 6"),
            scenario("failonstatus late in the turns", "retry=1;retry=1", "failonstatus=500", "3 b:500 4 +1500 5"),
            scenario("failonstatus by weight", "loadfactor=3 retry=1;retry=1", "failonstatus=500", "2 a:500 5 +1500 8"),
            scenario("failonstatus of one of three", "retry=1;retry=1;retry=1", "failonstatus=500", "a:500 5 +1500 7"),
            scenario(
                    "failonstatus with a retry in between",
                    "retry=1;retry=1",
                    "failonstatus=500",
                    "a:500 2 +1500 3 a:200 +1500 6"),
            scenario("failonstatus of the second", "retry=1;retry=1", "failonstatus=500", "b:500 4 +1500 4"),
            scenario("failonstatus of both", "retry=1;retry=1", "failonstatus=500", "a:500 b:500 4 +1500 4"),
            scenario(
                    "failonstatus and a session",
                    "route=a retry=1;route=b retry=1",
                    STICKY + " failonstatus=500",
                    "a:500 ~x.a ~x.a 3 +1500 ~x.a 4"),
            scenario(
                    "failonstatus and forcerecovery off",
                    "retry=1;retry=1",
                    "failonstatus=500 forcerecovery=Off",
                    "a:500 b:500 4 +1500 4"),
            scenario("failonstatus without a rest", "retry=0;retry=0", "failonstatus=500", "a:500 4 4"),
            scenario(
                    "failonstatus and bybusyness",
                    "retry=1;retry=1",
                    "lbmethod=bybusyness failonstatus=500",
                    "a:500 4 +1500 4"),
            scenario("a dead member that is tried again later", "retry=1;retry=1", "", "3 !a 4 +1500 5"),
            scenario("a dead member that returns later", "retry=1;retry=1", "", "3 !a 4 ^a +1500 5"),
            scenario("503 alone does no harm", ";", "", "2 a:503 6"),
            scenario("500 alone does no harm", ";", "", "2 a:500 6"),
            scenario("bybusyness, one after the other", ";;", "lbmethod=bybusyness", "9"),
            scenario("bybusyness with a weight, one after the other", "loadfactor=2;", "lbmethod=bybusyness", "9"),
            scenario("bybusyness when one dies", ";;", "lbmethod=bybusyness", "4 !a 6"));

    /** Those where only the shares are the same. */
    static final List<BalancerScenario> SPREAD = List.of(
            scenario("bytraffic between equals", ";", "lbmethod=bytraffic", "40"),
            scenario("bytraffic by weight", "loadfactor=3;", "lbmethod=bytraffic", "40"),
            scenario("bytraffic when one dies", ";;", "lbmethod=bytraffic", "15 !a 20"));

    /** What was decided otherwise, by the scenario's name: what our way leads to. */
    private static final Map<String, String> DECISIONS = Map.of(
            // Who has failed a request is not asked by it again, so that the others are.
            "standby steps back", "a a b b b a a a a",
            "a member whose errors are ignored", "a b b b b b b b",
            // httpd does so, too, but where its wall clock shows the same moment when it looks for another member as it
            // did at the failure: then the dead one has not rested for even no time, and the turns go on from there.
            "a dead member that may be tried at once", "a b a a a a a a a b a b a b a");

    private BalancerScenarios() {}

    static Optional<String> decision(BalancerScenario scenario) {
        return Optional.ofNullable(DECISIONS.get(scenario.name()));
    }

    private static BalancerScenario scenario(String name, String members, String balancer, String steps) {
        return new BalancerScenario(name, members, balancer, steps);
    }
}
