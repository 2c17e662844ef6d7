package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.fairlead.balancer.Member;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a member may say, and what becomes of it and of the connection. The sources: RFC 9112 2.2, 4, 5, 6, 7.1 and 9.3;
 * RFC 9110 5.5, 6.5, 8.6, 9.3.2, 15.3.5 and 15.4.5.
 *
 * <p>In a row {@code ^} is CRLF, {@code ~} a lone LF, {@code {CR}} a lone CR, {@code \0} NUL; {@code *N(x)} is x, N times.
 */
class MemberResponsesTest {
    private final PooledUpstream upstream = new PooledUpstream();

    @AfterEach
    void close() {
        upstream.close();
    }

    @ParameterizedTest(name = "{0}: {1} {2} -> {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # rule                                      | method | bytes                                                                        | then  | outcome
            length                                      | GET    | HTTP/1.1 200 OK^Content-Length: 2^^hi                                         | keep  | 200 hi kept
            length nought                               | GET    | HTTP/1.1 200 OK^Content-Length: 0^^                                           | keep  | 200  kept
            reason may be empty                         | GET    | HTTP/1.1 200 ^Content-Length: 2^^hi                                           | keep  | 200 hi kept
            reason may be missing                       | GET    | HTTP/1.1 200^Content-Length: 2^^hi                                            | keep  | 200 hi kept
            reason with bytes above 0x7F                | GET    | HTTP/1.1 200 \u00fcber^Content-Length: 2^^hi                                  | keep  | 200 hi kept
            unknown minor version                       | GET    | HTTP/1.2 200 OK^Content-Length: 2^^hi                                         | keep  | 200 hi kept
            status 999                                  | GET    | HTTP/1.1 999 Odd^Content-Length: 2^^hi                                        | keep  | 999 hi kept
            status 600                                  | GET    | HTTP/1.1 600 Odd^Content-Length: 2^^hi                                        | keep  | 600 hi kept
            bare LF ends lines                          | GET    | HTTP/1.1 200 OK~Content-Length: 2~~hi                                         | keep  | 200 hi kept
            name in any case                            | GET    | HTTP/1.1 200 OK^cOnTeNt-LeNgTh: 2^^hi                                         | keep  | 200 hi kept
            no blank after the colon                    | GET    | HTTP/1.1 200 OK^Content-Length:2^^hi                                          | keep  | 200 hi kept
            blanks and tabs around a value              | GET    | HTTP/1.1 200 OK^Content-Length: \t 2 \t ^^hi                                  | keep  | 200 hi kept
            equal lengths twice                         | GET    | HTTP/1.1 200 OK^Content-Length: 2^Content-Length: 2^^hi                       | keep  | 200 hi kept
            equal lengths in a list                     | GET    | HTTP/1.1 200 OK^Content-Length: 2, 2^^hi                                      | keep  | 200 hi kept
            length with leading noughts                 | GET    | HTTP/1.1 200 OK^Content-Length: 002^^hi                                       | keep  | 200 hi kept
            Connection: close                           | GET    | HTTP/1.1 200 OK^Connection: close^Content-Length: 2^^hi                       | keep  | 200 hi gone
            Connection: Close in a list                 | GET    | HTTP/1.1 200 OK^Connection: x, Close^Content-Length: 2^^hi                    | keep  | 200 hi gone
            close in a second line                      | GET    | HTTP/1.1 200 OK^Connection: x^Connection: close^Content-Length: 2^^hi         | keep  | 200 hi gone
            close and keep-alive                        | GET    | HTTP/1.1 200 OK^Connection: keep-alive, close^Content-Length: 2^^hi           | keep  | 200 hi gone
            HTTP/1.0 closes                             | GET    | HTTP/1.0 200 OK^Content-Length: 2^^hi                                         | keep  | 200 hi gone
            HTTP/1.0 with keep-alive                    | GET    | HTTP/1.0 200 OK^Connection: Keep-Alive^Content-Length: 2^^hi                  | keep  | 200 hi kept
            until close                                 | GET    | HTTP/1.1 200 OK^^all of it                                                    | close | 200 all of it gone
            until close in HTTP/1.0                     | GET    | HTTP/1.0 200 OK^^all of it                                                    | close | 200 all of it gone
            until close with keep-alive                 | GET    | HTTP/1.1 200 OK^Connection: keep-alive^^all                                   | close | 200 all gone
            chunks                                      | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^3^you^0^^                    | keep  | 200 hiyou kept
            chunked in any case                         | GET    | HTTP/1.1 200 OK^Transfer-Encoding: Chunked^^2^hi^0^^                          | keep  | 200 hi kept
            chunk size in any case                      | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^a^0123456789^A^0123456789^0^^     | keep  | 200 01234567890123456789 kept
            chunk size with leading noughts             | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^0002^hi^000^^                     | keep  | 200 hi kept
            chunk size with blanks behind               | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2 \t^hi^0 ^^                      | keep  | 200 hi kept
            chunk extension                             | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2;a=b;c="d e"^hi^0;x^^            | keep  | 200 hi kept
            trailers                                    | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^0^X-T: yes^^                 | keep  | 200 hi kept
            204 has no body                             | GET    | HTTP/1.1 204 None^^                                                           | keep  | 204  kept
            204 with Content-Length 0                   | GET    | HTTP/1.1 204 None^Content-Length: 0^^                                         | keep  | 204  kept
            204 that announces a body                   | GET    | HTTP/1.1 204 None^Content-Length: 2^^                                         | keep  | 204  gone
            204 that has a body                         | GET    | HTTP/1.1 204 None^Content-Length: 2^^hi                                       | keep  | 204  gone
            204 in chunks                               | GET    | HTTP/1.1 204 None^Transfer-Encoding: chunked^^0^^                             | keep  | 204  gone
            304 has no body                             | GET    | HTTP/1.1 304 Same^ETag: x^^                                                   | keep  | 304  kept
            304 with a length and a body                | GET    | HTTP/1.1 304 Same^Content-Length: 2^^hi                                       | keep  | 304  gone
            HEAD                                        | HEAD   | HTTP/1.1 200 OK^^                                                             | keep  | 200  kept
            HEAD with a length                          | HEAD   | HTTP/1.1 200 OK^Content-Length: 5000^^                                        | keep  | 200  gone
            HEAD with a length and a body               | HEAD   | HTTP/1.1 200 OK^Content-Length: 2^^hi                                         | keep  | 200  gone
            HEAD with chunks                            | HEAD   | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^0^^                          | keep  | 200  gone
            205 frames itself                           | GET    | HTTP/1.1 205 Reset^Content-Length: 0^^                                        | keep  | 205  kept
            interim answers come first                  | GET    | HTTP/1.1 103 Hints^Link: x^^HTTP/1.1 102 P^^HTTP/1.1 200 OK^Content-Length: 2^^hi | keep | 200 hi kept
            ten interim answers                         | GET    | *10(HTTP/1.1 102 P^^)HTTP/1.1 200 OK^Content-Length: 2^^hi                    | keep  | 200 hi kept
            an unexpected 100                           | GET    | HTTP/1.1 100 Go on^^HTTP/1.1 200 OK^Content-Length: 2^^hi                     | keep  | 200 hi kept
            a long field                                | GET    | HTTP/1.1 200 OK^X: *8100(x)^Content-Length: 2^^hi                             | keep  | 200 hi kept
            many fields                                 | GET    | HTTP/1.1 200 OK^*400(Set-Cookie: a=b^)Content-Length: 2^^hi                   | keep  | 200 hi kept
            bytes behind the body                       | GET    | HTTP/1.1 200 OK^Content-Length: 2^^hi there                                   | keep  | 200 hi gone
            a second answer                             | GET    | HTTP/1.1 200 OK^Content-Length: 2^^hiHTTP/1.1 200 OK^Content-Length: 4^^evil  | keep  | 200 hi gone
            an empty line behind the body               | GET    | HTTP/1.1 200 OK^Content-Length: 2^^hi^                                        | keep  | 200 hi gone
            bytes behind the last chunk                 | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^0^^x                         | keep  | 200 hi gone
            an answer behind a bodiless one             | GET    | HTTP/1.1 204 None^^HTTP/1.1 200 OK^Content-Length: 4^^evil                    | keep  | 204  gone
            member closes after the body                | GET    | HTTP/1.1 200 OK^Content-Length: 2^^hi                                         | close | 200 hi any
            no answer at all                            | GET    | ""                                                                            | close | BROKEN
            reset instead of an answer                  | GET    | ""                                                                            | reset | BROKEN
            closes within the status line               | GET    | HTTP/1.1 2                                                                    | close | BROKEN
            closes within the fields                    | GET    | HTTP/1.1 200 OK^Content-                                                      | close | BROKEN
            closes before the empty line                | GET    | HTTP/1.1 200 OK^Content-Length: 2^                                            | close | BROKEN
            closes within the empty line                | GET    | HTTP/1.1 200 OK^Content-Length: 2^{CR}                                          | close | BROKEN
            closes after an interim answer              | GET    | HTTP/1.1 103 Hints^^                                                          | close | BROKEN
            HTTP/0.9                                    | GET    | <html>hello</html>~                                                           | close | BAD_ANSWER
            junk before the status line                 | GET    | junk^HTTP/1.1 200 OK^Content-Length: 2^^hi                                    | keep  | BAD_ANSWER
            an empty line before the status line        | GET    | ^HTTP/1.1 200 OK^Content-Length: 2^^hi                                        | keep  | BAD_ANSWER
            a blank before the status line              | GET    | "' HTTP/1.1 200 OK^Content-Length: 2^^hi"                                     | keep  | BAD_ANSWER
            HTTP/2                                      | GET    | HTTP/2.0 200 OK^Content-Length: 2^^hi                                         | keep  | BAD_ANSWER
            HTTP/0.9 as a version                       | GET    | HTTP/0.9 200 OK^Content-Length: 2^^hi                                         | keep  | BAD_ANSWER
            HTTP/1.10                                   | GET    | HTTP/1.10 200 OK^Content-Length: 2^^hi                                        | keep  | BAD_ANSWER
            version without minor                       | GET    | HTTP/1 200 OK Fine^Content-Length: 2^^hi                                      | keep  | BAD_ANSWER
            lower-case version                          | GET    | http/1.1 200 OK^Content-Length: 2^^hi                                         | keep  | BAD_ANSWER
            another protocol                            | GET    | ICY 200 OK, Go on^Content-Length: 2^^hi                                       | keep  | BAD_ANSWER
            tab before the status                       | GET    | HTTP/1.1\t200 OK^Content-Length: 2^^hi                                        | keep  | BAD_ANSWER
            two blanks before the status                | GET    | HTTP/1.1  200 OK^Content-Length: 2^^hi                                        | keep  | BAD_ANSWER
            status of two digits                        | GET    | HTTP/1.1 20 OK^Content-Length: 2^^hi                                          | keep  | BAD_ANSWER
            status of four digits                       | GET    | HTTP/1.1 2000 OK^Content-Length: 2^^hi                                        | keep  | BAD_ANSWER
            status with a sign                          | GET    | HTTP/1.1 -20 OK^Content-Length: 2^^hi                                         | keep  | BAD_ANSWER
            status below 100                            | GET    | HTTP/1.1 099 Low^Content-Length: 2^^hi                                        | keep  | BAD_ANSWER
            status 000                                  | GET    | HTTP/1.1 000 Nil^Content-Length: 2^^hi                                        | keep  | BAD_ANSWER
            status in letters                           | GET    | HTTP/1.1 abc OK^Content-Length: 2^^hi                                         | keep  | BAD_ANSWER
            reason glued to the status                  | GET    | HTTP/1.1 200OK^Content-Length: 2^^hi                                          | keep  | BAD_ANSWER
            NUL in the reason                           | GET    | HTTP/1.1 200 O\\0K^Content-Length: 2^^hi                                      | keep  | BAD_ANSWER
            bare CR in the reason                       | GET    | HTTP/1.1 200 O{CR}K^Content-Length: 2^^hi                                       | keep  | BAD_ANSWER
            escape byte in the reason                   | GET    | HTTP/1.1 200 \u001b[2J^Content-Length: 2^^hi                                  | keep  | BAD_ANSWER
            doubled CR                                  | GET    | HTTP/1.1 200 OK{CR}^Content-Length: 2^^hi                                       | keep  | BAD_ANSWER
            folded line                                 | GET    | HTTP/1.1 200 OK^X: a^ b^Content-Length: 2^^hi                                 | keep  | BAD_ANSWER
            folded with a tab                           | GET    | HTTP/1.1 200 OK^X: a^\tb^Content-Length: 2^^hi                                | keep  | BAD_ANSWER
            a head that begins with a blank             | GET    | HTTP/1.1 200 OK^ X: a^Content-Length: 2^^hi                                   | keep  | BAD_ANSWER
            blank before the colon                      | GET    | HTTP/1.1 200 OK^Content-Length : 2^^hi                                        | keep  | BAD_ANSWER
            tab before the colon                        | GET    | HTTP/1.1 200 OK^Content-Length\t: 2^^hi                                       | keep  | BAD_ANSWER
            no colon                                    | GET    | HTTP/1.1 200 OK^Content-Length 2^^hi                                          | keep  | BAD_ANSWER
            no name                                     | GET    | HTTP/1.1 200 OK^: x^Content-Length: 2^^hi                                     | keep  | BAD_ANSWER
            blank within a name                         | GET    | HTTP/1.1 200 OK^Content Length: 2^^hi                                         | keep  | BAD_ANSWER
            name in quotes                              | GET    | HTTP/1.1 200 OK^(X): 1^Content-Length: 2^^hi                                  | keep  | BAD_ANSWER
            name with bytes above 0x7F                  | GET    | HTTP/1.1 200 OK^\u00dcber: 1^Content-Length: 2^^hi                            | keep  | BAD_ANSWER
            NUL in a name                               | GET    | HTTP/1.1 200 OK^X\\0Y: 1^Content-Length: 2^^hi                                | keep  | BAD_ANSWER
            NUL in a value                              | GET    | HTTP/1.1 200 OK^X: a\\0b^Content-Length: 2^^hi                                | keep  | BAD_ANSWER
            bare CR in a value                          | GET    | HTTP/1.1 200 OK^X: a{CR}b^Content-Length: 2^^hi                                 | keep  | BAD_ANSWER
            DEL in a value                              | GET    | HTTP/1.1 200 OK^X: a\u007fb^Content-Length: 2^^hi                             | keep  | BAD_ANSWER
            bare CR ends no line                        | GET    | HTTP/1.1 200 OK{CR}Content-Length: 2{CR}{CR}hi                                      | close | BROKEN
            different lengths                           | GET    | HTTP/1.1 200 OK^Content-Length: 2^Content-Length: 3^^hi!                      | keep  | BAD_ANSWER
            different lengths in a list                 | GET    | HTTP/1.1 200 OK^Content-Length: 2, 3^^hi!                                     | keep  | BAD_ANSWER
            length with a sign                          | GET    | HTTP/1.1 200 OK^Content-Length: +2^^hi                                        | keep  | BAD_ANSWER
            negative length                             | GET    | HTTP/1.1 200 OK^Content-Length: -2^^hi                                        | keep  | BAD_ANSWER
            length in hexadecimal                       | GET    | HTTP/1.1 200 OK^Content-Length: 0x2^^hi                                       | keep  | BAD_ANSWER
            length with a blank inside                  | GET    | HTTP/1.1 200 OK^Content-Length: 2 2^^hi                                       | keep  | BAD_ANSWER
            length with letters                         | GET    | HTTP/1.1 200 OK^Content-Length: 2a^^hi                                        | keep  | BAD_ANSWER
            empty length                                | GET    | HTTP/1.1 200 OK^Content-Length: ^^hi                                          | keep  | BAD_ANSWER
            length as a comma                           | GET    | HTTP/1.1 200 OK^Content-Length: 2,^^hi                                        | keep  | BAD_ANSWER
            length beyond 63 bits                       | GET    | HTTP/1.1 200 OK^Content-Length: 18446744073709551618^^hi                      | keep  | BAD_ANSWER
            length with a foreign digit                 | GET    | HTTP/1.1 200 OK^Content-Length: \u00b2^^hi                                    | keep  | BAD_ANSWER
            invalid length on HEAD                      | HEAD   | HTTP/1.1 200 OK^Content-Length: x^^                                           | keep  | BAD_ANSWER
            length and chunks                           | GET    | HTTP/1.1 200 OK^Content-Length: 2^Transfer-Encoding: chunked^^2^hi^0^^        | keep  | BAD_ANSWER
            chunks and length                           | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^Content-Length: 2^^2^hi^0^^        | keep  | BAD_ANSWER
            unknown coding                              | GET    | HTTP/1.1 200 OK^Transfer-Encoding: gzip^^hi                                   | close | BAD_ANSWER
            identity                                    | GET    | HTTP/1.1 200 OK^Transfer-Encoding: identity^^hi                               | close | BAD_ANSWER
            coding before chunked                       | GET    | HTTP/1.1 200 OK^Transfer-Encoding: gzip, chunked^^2^hi^0^^                    | keep  | BAD_ANSWER
            chunked twice                               | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked, chunked^^2^hi^0^^                 | keep  | BAD_ANSWER
            chunked in two lines                        | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^Transfer-Encoding: chunked^^2^hi^0^^ | keep | BAD_ANSWER
            chunked with a parameter                    | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked;q=1^^2^hi^0^^                      | keep  | BAD_ANSWER
            xchunked                                    | GET    | HTTP/1.1 200 OK^Transfer-Encoding: xchunked^^2^hi^0^^                         | keep  | BAD_ANSWER
            chunked behind a vertical tab               | GET    | HTTP/1.1 200 OK^Transfer-Encoding: {VT}chunked^^2^hi^0^^                    | keep  | BAD_ANSWER
            chunked behind a no-break space             | GET    | HTTP/1.1 200 OK^Transfer-Encoding: \u00a0chunked^^2^hi^0^^                    | keep  | BAD_ANSWER
            empty coding                                | GET    | HTTP/1.1 200 OK^Transfer-Encoding: ^^2^hi^0^^                                 | keep  | BAD_ANSWER
            chunks in HTTP/1.0                          | GET    | HTTP/1.0 200 OK^Transfer-Encoding: chunked^^2^hi^0^^                          | keep  | BAD_ANSWER
            101 that was not asked for                  | GET    | HTTP/1.1 101 Switch^Upgrade: websocket^^                                      | keep  | BAD_ANSWER
            eleven interim answers                      | GET    | *11(HTTP/1.1 102 P^^)HTTP/1.1 200 OK^Content-Length: 2^^hi                    | keep  | BAD_ANSWER
            a field that is too long                    | GET    | HTTP/1.1 200 OK^X: *9000(x)^Content-Length: 2^^hi                             | keep  | BAD_ANSWER
            a reason that is too long                   | GET    | HTTP/1.1 200 *9000(x)^Content-Length: 2^^hi                                   | keep  | BAD_ANSWER
            too many fields                             | GET    | HTTP/1.1 200 OK^*501(X: y^)Content-Length: 2^^hi                              | keep  | BAD_ANSWER
            a head that never ends                      | GET    | HTTP/1.1 200 OK^*400(X: *1000(y)^)                                            | keep  | BAD_ANSWER
            too short for its length                    | GET    | HTTP/1.1 200 OK^Content-Length: 5^^hi                                         | close | CUT hi
            reset within its length                     | GET    | HTTP/1.1 200 OK^Content-Length: 5^^hi                                         | reset | CUT any
            chunks without an end                       | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^                             | close | CUT hi
            closes within a chunk                       | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^5^hi                              | close | CUT hi
            closes within a size                        | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^1                            | close | CUT hi
            closes behind the last chunk                | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^0^                           | close | CUT hi
            closes within the trailers                  | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^0^X-T: y^                    | close | CUT hi
            size with a sign                            | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^+2^hi^0^^                    | keep  | CUT hi
            negative size                               | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^-2^hi^0^^                    | keep  | CUT hi
            size with 0x                                | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^0x2^hi^0^^                   | keep  | CUT hi
            size with a line below                      | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^0_2^hi^0^^                   | keep  | CUT hi
            empty size                                  | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^^hi^0^^                      | keep  | CUT hi
            size with a blank before it                 | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^ 2^hi^0^^                    | keep  | CUT hi
            size beyond 63 bits                         | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^10000000000000002^hi^0^^     | keep  | CUT hi
            size with junk behind                       | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^2 x^hi^0^^                   | keep  | CUT hi
            bare LF behind the size                     | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^2~hi^0^^                     | keep  | CUT hi
            bare CR behind the size                     | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^2{CR}hi^0^^                    | keep  | CUT hi
            bare LF in an extension                     | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^2;a~hi^0^^                   | keep  | CUT hi
            NUL in an extension                         | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^2;a\\0b^hi^0^^               | keep  | CUT hi
            endless extension                           | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^2;*5000(x)^hi^0^^            | keep  | CUT hi
            no CRLF behind the data                     | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi2^hi^0^^                      | keep  | CUT hi
            data longer than the size                   | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi!^0^^                         | keep  | CUT hi
            bare LF behind the data                     | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi~0^^                          | keep  | CUT hi
            malformed trailer                           | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^0^X T: y^^                   | keep  | CUT hi
            too many trailers                           | GET    | HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^hi^0^*101(X: y^)^               | keep  | CUT hi
            """)
    void isUnderstoodInOneWayOnly(String rule, String method, String bytes, String then, String outcome)
            throws Exception {
        String raw = unescape(bytes);
        try (RawMember member = new RawMember(with -> {
            with.readHead();
            with.send(raw);
            switch (then) {
                case "keep" -> with.readAll();
                case "reset" -> with.reset();
                default -> with.socket().shutdownOutput();
            }
            if (then.equals("close")) {
                with.readAll();
            }
        })) {
            assertThat(outcome(member.member(), method)).matches(seen -> matches(seen, outcome), outcome);
        }
    }

    private static boolean matches(String seen, String wanted) {
        if (wanted.equals("CUT any")) {
            return seen.startsWith("CUT");
        }
        return wanted.endsWith(" any")
                ? seen.startsWith(wanted.substring(0, wanted.length() - 3))
                : seen.equals(wanted);
    }

    private String outcome(Member member, String method) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head;
        try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.of(method, "/", RequestBody.NONE))) {
            head = answer.head().status() + " ";
            answer.copyTo(out);
        } catch (UpstreamException e) {
            assertThat(upstream.counts(member).idle()).isZero();
            assertThat(upstream.counts(member).busy()).isZero();
            String text = out.toString(StandardCharsets.ISO_8859_1);
            return e.kind() + (e.kind() == UpstreamException.Kind.CUT ? " " + text : "");
        }
        boolean kept = upstream.counts(member).idle() == 1;
        return head + out.toString(StandardCharsets.ISO_8859_1) + (kept ? " kept" : " gone");
    }

    private static String unescape(String row) {
        String text = row.startsWith("'") ? row.substring(1) : row;
        text = text.replace("^", "\r\n")
                .replace("~", "\n")
                .replace("\\0", "\0")
                .replace("{CR}", "\r")
                .replace("{VT}", "\u000b");
        for (int star = text.lastIndexOf('*'); star >= 0; star = text.lastIndexOf('*')) {
            int open = text.indexOf('(', star);
            int close = text.indexOf(')', open);
            int times = Integer.parseInt(text.substring(star + 1, open));
            text = text.substring(0, star) + text.substring(open + 1, close).repeat(times) + text.substring(close + 1);
        }
        return text;
    }
}
