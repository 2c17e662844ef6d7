package org.fairlead.expression;

import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;
import org.fairlead.http.ResponseHead;

/** The request and the answer that httpd had before it when the tables were made. */
final class RequestExample {
    private RequestExample() {}

    static ExchangeVariables variables() throws RefusedException {
        return ExchangeVariables.of(exchange(), "conf.example")
                .answered(new ResponseHead(
                        404, Headers.of("X-Resp", "resp value", "X-Twice", "first", "X-Twice", "second")));
    }

    static FakeExchange exchange() throws RefusedException {
        Headers headers = Headers.of(
                "Host", "www.Example.com:8080",
                "User-Agent", "Mozilla/5.0 (X11; Linux)",
                "Accept", "text/html",
                "Cookie", "a=1; b=2",
                "Referer", "http://ref.example/",
                "X-List", "one",
                "X-List", "two",
                "X-Number", "42",
                "X-Suffix", "Number",
                "X-Empty", "");
        RequestTarget target = RequestTarget.parse("/app/a%20b/index.html?q=1&name=caf%C3%A9");
        FakeExchange exchange = FakeExchange.of(
                new RequestHead("GET", target, "HTTP/1.1", headers),
                new ClientConnection("127.0.0.1", 50123, "127.0.0.1", 8080, false));
        exchange.environment().set("COLOR", "blue");
        return exchange;
    }
}
