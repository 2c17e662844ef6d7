package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.StickyConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StickySessionTest {
    private static final ClientConnection CLIENT = new ClientConnection("192.0.2.7", 4711, "192.0.2.1", 80, false);

    /** Route and name as a running httpd 2.4 reads them (BALANCER_SESSION_ROUTE, BALANCER_SESSION_STICKY). */
    @ParameterizedTest(name = "{0}: {1} with {2} -> {3} from {4}")
    @CsvSource(delimiter = '!', textBlock = """
            stickysession=S                          ! /x                      ! S=abc.r1             ! r1     ! S
            stickysession=S                          ! /x                      ! T=1; S=abc.r1; U=2   ! r1     ! S
            stickysession=S                          ! /x                      ! T=1;S=abc.r1         ! r1     ! S
            stickysession=S                          ! /x                      ! T=1,S=abc.r1,U=2     ! r1     ! S
            stickysession=S                          ! /x                      ! S = abc.r1           ! r1     ! S
            stickysession=S                          ! /x                      ! S  =abc.r1           ! r1     ! S
            stickysession=S                          ! /x                      ! XS=abc.r1            !        !
            stickysession=S                          ! /x                      ! XS=abc.r2; S=abc.r1  ! r1     ! S
            stickysession=S                          ! /x                      ! s=abc.r1             !        !
            stickysession=S                          ! /x                      ! S=abc                !        !
            stickysession=S                          ! /x                      ! S=abc.r1.r2          ! r1.r2  ! S
            stickysession=S                          ! /x                      ! S=.r1                ! r1     ! S
            stickysession=S                          ! /x                      ! ''                   !        !
            stickysession=S                          ! /x?S=abc.r2             ! ''                   ! r2     ! S
            stickysession=S                          ! /x?a=1&S=abc.r2&b=2     ! S=abc.r1             ! r2     ! S
            stickysession=S                          ! /x;S=abc.r2             ! S=abc.r1             ! r2     ! S
            stickysession=S                          ! /x;S=abc.r2?y=1         ! ''                   ! r2     ! S
            stickysession=S                          ! /x;S=abc                ! S=abc.r1             !        !
            stickysession=S                          ! /x;myS=abc.r2           ! ''                   ! r2     ! S
            stickysession=JSESSIONID|jsessionid      ! /x;jsessionid=abc.r2    ! JSESSIONID=abc.r1    ! r2     ! jsessionid
            stickysession=JSESSIONID|jsessionid      ! /x                      ! JSESSIONID=abc.r1    ! r1     ! JSESSIONID
            stickysession=JSESSIONID|jsessionid      ! /x;JSESSIONID=abc.r2    ! ''                   !        !
            stickysession=S                          ! /x;S=abc.r1;foo=y       ! ''                   ! r1;foo=y ! S
            stickysession=S scolonpathdelim=On       ! /x;S=abc.r1;foo=y       ! ''                   ! r1     ! S
            stickysession=S stickysessionsep=-       ! /x                      ! S=a.b-r1             ! r1     ! S
            stickysession=S stickysessionsep=-       ! /x                      ! S=a.r1               !        !
            stickysession=S stickysessionsep=Off     ! /x                      ! S=r1                 ! r1     ! S
            stickysession=S stickysessionsep=Off     ! /x                      ! S=a.r1               ! a.r1   ! S
            """)
    void theRouteIsReadAsHttpdReadsIt(String options, String target, String cookie, String route, String name)
            throws RefusedException {
        Affinity wish = new StickySession(config(options)).wish(request(target, cookie), "");
        assertThat(wish.route()).isEqualTo(Optional.ofNullable(route));
        assertThat(wish.sticky()).isEqualTo(Optional.ofNullable(name));
    }

    /** The values of parameters end at a slash; httpd reads the rest of the path as part of the route. */
    @ParameterizedTest(name = "{0} -> {1}, httpd: {2}")
    @CsvSource(textBlock = """
            /a;S=abc.r1/b,      r1,     r1/b
            /a;S=abc.r1/b?c=d,  r1,     r1/b
            """)
    void decidedOtherwise(String target, String expected, String httpd) throws RefusedException {
        Affinity wish = new StickySession(config("stickysession=S")).wish(request(target, ""), "");
        assertThat(wish.route()).hasValue(expected).isNotEqualTo(Optional.of(httpd));
    }

    @Test
    void whatIsEmptyIsNotThere() throws RefusedException {
        StickySession session = new StickySession(config("stickysession=S"));
        // httpd: a session without a route that still has a name
        assertThat(session.wish(request("/", "S=abc."), "")).isEqualTo(Affinity.NONE);
        // httpd: the first cookie of the name decides, even if it has no value
        assertThat(session.wish(request("/", "S=; S=abc.r1"), "").route()).hasValue("r1");
    }

    @Test
    void cookiesAreFoundOnEveryCookieLine() {
        Headers headers = Headers.of("Cookie", "a=1", "cookie", "S=abc.r1");
        assertThat(StickySession.cookie(headers, "S")).hasValue("abc.r1");
    }

    @Test
    void aRouteThatNoMemberCanHaveIsIgnored() throws RefusedException {
        StickySession session = new StickySession(config("stickysession=S"));
        assertThat(session.wish(request("/", "S=a." + "r".repeat(95)), "").route())
                .hasValue("r".repeat(95));
        assertThat(session.wish(request("/", "S=a." + "r".repeat(96)), "").route())
                .isEmpty();
        assertThat(session.wish(request("/", "S=" + "a".repeat(4094) + ".r"), "")
                        .route())
                .hasValue("r");
        assertThat(session.wish(request("/", "S=" + "a".repeat(4095) + ".r"), "")
                        .route())
                .isEmpty();
    }

    @Test
    void theMintedCookieCountsWhereTheSessionNamesNoRoute() throws RefusedException {
        StickySession session =
                new StickySession(new StickyConfig("S", "S", Optional.of('.'), false, Optional.of("FL")));
        assertThat(session.wish(request("/", "S=abc; FL=token"), ""))
                .isEqualTo(new Affinity(Optional.of("token"), Optional.of("FL"), ""));
        assertThat(session.wish(request("/", "S=abc.r1; FL=token"), "").route()).hasValue("r1");
        assertThat(session.wish(request("/", "FL=" + "t".repeat(96)), "").route())
                .isEmpty();
    }

    @Test
    void aMintedCookieAloneNeedsNoOtherName() throws RefusedException {
        StickySession session = new StickySession(new StickyConfig("", "", Optional.of('.'), false, Optional.of("FL")));
        assertThat(session.wish(request("/a=b;c=d", "=x; FL=token"), "").route())
                .hasValue("token");
        assertThat(session.wish(request("/", "=x.y"), "").route()).isEmpty();
    }

    @Test
    void withoutStickySessionNothingIsRead() throws RefusedException {
        Cluster cluster = Cluster.of("a route=r1");
        assertThat(cluster.balancer().wish(request("/;S=a.r1", "S=a.r1"), CLIENT))
                .isEqualTo(Affinity.NONE);
    }

    private static RequestHead request(String target, String cookie) throws RefusedException {
        Headers headers = cookie.isEmpty() ? new Headers() : Headers.of("Cookie", cookie);
        return new RequestHead("GET", RequestTarget.parse(target), "HTTP/1.1", headers);
    }

    private static StickyConfig config(String options) {
        String[] names = {"", ""};
        Optional<Character> separator = Optional.of('.');
        boolean semicolon = false;
        for (String option : options.split(" ")) {
            String value = option.substring(option.indexOf('=') + 1);
            switch (option.split("=")[0]) {
                case "stickysession" -> names = value.split("\\|");
                case "stickysessionsep" ->
                    separator = value.equals("Off") ? Optional.empty() : Optional.of(value.charAt(0));
                case "scolonpathdelim" -> semicolon = value.equals("On");
                default -> throw new IllegalArgumentException(option);
            }
        }
        return new StickyConfig(names[0], names[names.length - 1], separator, semicolon, Optional.empty());
    }
}
