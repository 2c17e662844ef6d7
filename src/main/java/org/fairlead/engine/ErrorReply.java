package org.fairlead.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.http.Headers;
import org.fairlead.http.ReasonPhrases;
import org.fairlead.http.ResponseHead;
import org.fairlead.model.ResponseDefaults;
import org.fairlead.model.Settings.ErrorDocument;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.ResponseDefaultFields;

/**
 * An error response of our own: a status, and the operator's {@code ErrorDocument} or a plain page. The page echoes
 * nothing of the request (CVE-2019-10092) and says nothing of members.
 */
final class ErrorReply {
    private final int status;
    private final Headers headers;

    private ErrorReply(int status, Headers headers) {
        this.status = status;
        this.headers = headers;
    }

    static ErrorReply of(int status) {
        return new ErrorReply(status, new Headers());
    }

    static ErrorReply of(LocalResponse answer) {
        return new ErrorReply(answer.status(), answer.headers().copy());
    }

    /** Adds {@code Retry-After} (RFC 9110 10.2.3), in whole seconds, at least one. */
    ErrorReply retryAfter(Optional<Duration> delay) {
        delay.ifPresent(d -> headers.set("Retry-After", Long.toString(Math.max(1, d.toSeconds()))));
        return this;
    }

    /** Sets a field that belongs to its status. */
    ErrorReply with(String name, String value) {
        headers.set(name, value);
        return this;
    }

    /** Keeps the named fields of the member's response that this one replaces. */
    ErrorReply keeping(Headers answer, String... names) {
        for (String name : names) {
            answer.all(name).forEach(value -> headers.add(name, value));
        }
        return this;
    }

    /** Sends it. If the head of another response went out already, the connection is closed instead. */
    void send(RequestContext context) throws IOException {
        Exchange exchange = context.exchange();
        if (exchange.isCommitted()) {
            exchange.abort();
            return;
        }
        ErrorDocument document = context.settings().errorDocuments().getOrDefault(status, new ErrorDocument.Default());
        if (document instanceof ErrorDocument.Local local) {
            if (context.errorPages().send(context, status, headers, local.path())) {
                return;
            }
            document = local.file();
        }
        // A redirect would leave the challenge unseen, so that httpd too knows none for 401.
        if (document instanceof ErrorDocument.Redirect redirect && status != 401) {
            headers.set("Location", redirect.url());
            write(context, 302, "text/html; charset=utf-8", page(302, "Found"));
        } else if (document instanceof ErrorDocument.Text text) {
            write(context, status, "text/html; charset=utf-8", utf8(text.text()));
        } else if (document instanceof ErrorDocument.Content content) {
            write(context, status, content.contentType(), content.bytes());
        } else if (document instanceof ErrorDocument.Awaited awaited && isThere(awaited)) {
            write(context, status, awaited.contentType(), Files.readAllBytes(awaited.file()));
        } else {
            write(context, status, "text/html; charset=utf-8", page(status, reason(status)));
        }
    }

    private static boolean isThere(ErrorDocument.Awaited awaited) throws IOException {
        return Files.isReadable(awaited.file())
                && Files.isRegularFile(awaited.file())
                && Files.size(awaited.file()) <= ErrorDocument.LARGEST;
    }

    private void write(RequestContext context, int code, String type, byte[] body) throws IOException {
        Exchange exchange = context.exchange();
        headers.set("Content-Type", type);
        ResponseDefaults defaults = context.settings().responseDefaults();
        ResponseDefaultFields.lifetime(
                defaults.expires(), code, headers, context.subject().start());
        ResponseHead head = new ResponseHead(code, headers);
        HeaderRules.ownResponse(context.settings().responseHeaders(), head, context.subject());
        defaults.charset().ifPresent(charset -> ResponseDefaultFields.charset(charset, headers));
        try (OutputStream out = exchange.reply(head, body.length)) {
            if (ResponseHead.allowsBody(exchange.request().method(), code)) {
                out.write(body);
            }
        }
    }

    private static String reason(int status) {
        String registered = ReasonPhrases.of(status);
        return registered.isEmpty() ? "Error" : registered;
    }

    private static byte[] page(int status, String reason) {
        String title = status + " " + reason;
        return utf8(String.join(
                "\n",
                List.of(
                        "<!DOCTYPE html>",
                        "<html lang=\"en\"><head><title>" + title + "</title></head>",
                        "<body><h1>" + title + "</h1></body></html>",
                        "")));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
