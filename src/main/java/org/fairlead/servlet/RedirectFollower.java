package org.fairlead.servlet;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.apache.http.Header;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.util.EntityUtils;

/**
 * Follower of redirects for {@code http.protocol.handle-redirects}, as HttpClient 4 does: GET and HEAD by every status,
 * any other method by 303. A member may not redirect us to another host, since it could name one that only we can
 * reach. Such a redirect is passed to the client.
 */
final class RedirectFollower {
    /** HttpClient 4's own limit. */
    private static final int MAX_REDIRECTS = 50;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Sender sender;
    private final HttpRequest request;
    private Origin origin;
    private String url;

    /** Sends a request to an origin. */
    interface Sender {
        HttpResponse send(Origin origin, HttpRequest request, String url) throws IOException;
    }

    RedirectFollower(Sender sender, Origin origin, HttpRequest request) {
        this.sender = sender;
        this.origin = origin;
        this.request = request;
        this.url = origin + Origin.pathAndQuery(request.getRequestLine().getUri());
    }

    /** @throws IOException if there are too many */
    HttpResponse follow(HttpResponse first) throws IOException {
        HttpResponse response = first;
        String method = request.getRequestLine().getMethod();
        for (int redirects = 0; leads(response, method); redirects++) {
            EntityUtils.consumeQuietly(response.getEntity());
            if (redirects == MAX_REDIRECTS) {
                throw new IOException("more than " + MAX_REDIRECTS + " redirects");
            }
            method = method.equals("HEAD") ? "HEAD" : "GET";
            url = location(response);
            origin = Origin.of(url);
            response = sender.send(origin, bodiless(method), url);
        }
        return response;
    }

    /** A request with the same fields and no body, for the origin that is asked now. */
    private HttpRequest bodiless(String method) {
        BasicHttpRequest next = new BasicHttpRequest(method, url);
        for (Header field : request.getAllHeaders()) {
            boolean ofBody = field.getName().regionMatches(true, 0, "Content-", 0, 8);
            if (!ofBody && !field.getName().equalsIgnoreCase("Host")) {
                next.addHeader(field);
            }
        }
        return next;
    }

    private String location(HttpResponse response) {
        return URI.create(url)
                .resolve(TargetPath.escaped(response.getFirstHeader("Location").getValue()))
                .toString();
    }

    private boolean leads(HttpResponse response, String method) {
        int status = response.getStatusLine().getStatusCode();
        boolean safe = method.equals("GET") || method.equals("HEAD");
        return REDIRECTS.contains(status)
                && (safe || status == 303)
                && response.getFirstHeader("Location") != null
                && staysOnHost(response);
    }

    private boolean staysOnHost(HttpResponse response) {
        try {
            return Origin.of(location(response)).host().equalsIgnoreCase(origin.host());
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
