package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServletHeadTest {
    @ParameterizedTest(name = "{0}, Host {1}, the container says {2} {3}, secure {4}: {5}")
    @CsvSource(nullValues = "-", textBlock = """
            HTTP/1.1, a:81, a,     81,  false, a:81
            HTTP/1.0, -,    local, 80,  false, ''
            HTTP/2.0, -,    a,     443, true,  a
            HTTP/2.0, -,    a,     80,  true,  a:80
            HTTP/2.0, -,    a,     8443, true, a:8443
            HTTP/2.0, -,    a,     80,  false, a
            HTTP/2.0, -,    [::1], 81,  false, '[::1]:81'
            HTTP/2.0, b:82, a,     81,  false, b:82
            HTTP/2.0, -,    -,     81,  false, ''
            """)
    void hostHoldsTheAuthorityWhateverIsSpoken(
            String protocol, String host, String name, int port, boolean secure, String expected) throws Exception {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getMethod()).thenReturn("GET");
        when(request.getProtocol()).thenReturn(protocol);
        when(request.getContextPath()).thenReturn("");
        when(request.getServletPath()).thenReturn("");
        when(request.getRequestURI()).thenReturn("/");
        when(request.getServerName()).thenReturn(name);
        when(request.getServerPort()).thenReturn(port);
        when(request.isSecure()).thenReturn(secure);
        List<String> hosts = host == null ? List.of() : List.of(host);
        when(request.getHeader("Host")).thenReturn(host);
        when(request.getHeaderNames())
                .thenReturn(Collections.enumeration(hosts.isEmpty() ? List.of() : List.of("Host")));
        when(request.getHeaders(anyString())).thenReturn(Collections.enumeration(hosts));

        assertThat(ServletHead.of(request, Optional.empty()).authority()).isEqualTo(expected);
    }
}
