package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairlead.engine.RetryPolicy.Next;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 9.2.2: what may have been acted on is repeated only where repeating changes nothing. */
class RetryPolicyTest {
    @ParameterizedTest(name = "{0} {1} body={2} reused={3} touched={4}: {5}")
    @CsvSource(textBlock = """
            CONNECT,     GET,    false, false, false, OTHER_MEMBER
            CONNECT,     POST,   true,  false, false, OTHER_MEMBER
            CONNECT,     POST,   true,  false, true,  GIVE_UP
            TLS,         POST,   true,  false, false, OTHER_MEMBER
            PING,        POST,   true,  true,  false, OTHER_MEMBER
            PING,        POST,   true,  true,  true,  GIVE_UP
            BROKEN,      GET,    false, true,  false, SAME_MEMBER
            BROKEN,      GET,    false, false, false, OTHER_MEMBER_ONCE
            BROKEN,      HEAD,   false, false, false, OTHER_MEMBER_ONCE
            BROKEN,      DELETE, false, false, false, OTHER_MEMBER_ONCE
            BROKEN,      POST,   false, true,  false, GIVE_UP
            BROKEN,      PATCH,  false, true,  false, GIVE_UP
            BROKEN,      LOCK,   false, true,  false, GIVE_UP
            BROKEN,      PUT,    true,  true,  false, GIVE_UP
            BROKEN,      get,    false, true,  false, GIVE_UP
            TIMEOUT,     GET,    false, true,  false, OTHER_MEMBER_ONCE
            TIMEOUT,     POST,   false, false, false, GIVE_UP
            BAD_ANSWER,  GET,    false, false, false, GIVE_UP
            CUT,         GET,    false, false, false, GIVE_UP
            CLIENT_BODY, PUT,    true,  false, true,  GIVE_UP
            """)
    void repeatsOnlyWhatDoesNoHarm(
            Kind kind, String method, boolean hasBody, boolean reused, boolean touched, Next expected)
            throws Exception {
        RequestHead request = new RequestHead(method, RequestTarget.parse("/"), "HTTP/1.1", new Headers());
        UpstreamException failure = new UpstreamException(kind, "", reused, touched, null);

        assertThat(RetryPolicy.after(failure, request, hasBody)).isEqualTo(expected);
    }
}
