package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;

/** Head that a member of {@code targetUri} gets, made of the client's head by the rules of Smiley's init-params. */
final class TargetRequest {
    private TargetRequest() {}

    /**
     * @param client as it came
     * @param url where the servlet's hooks send it
     * @param cookies makes the member's cookies of a {@code Cookie} field
     * @throws RefusedException 400 if the URL has no target that can be sent
     */
    static RequestHead head(
            RequestHead client,
            HttpServletRequest request,
            String url,
            Origin origin,
            TargetOptions options,
            UnaryOperator<String> cookies)
            throws RefusedException {
        Headers fields = new Headers();
        Headers all = client.headers();
        for (int i = 0; i < all.size(); i++) {
            String name = all.name(i);
            if (name.equalsIgnoreCase("Cookie") && !options.preservesCookies()) {
                String own = cookies.apply(all.value(i));
                if (!own.isEmpty()) {
                    fields.add(name, own);
                }
            } else if (!name.equalsIgnoreCase("Host") || options.preservesHost()) {
                fields.add(name, all.value(i));
            }
        }
        if (fields.first("Host").isEmpty()) {
            fields.add("Host", origin.authority());
        }
        if (options.forwardsAddress()) {
            forward(fields, request);
        }
        RequestTarget target = RequestTarget.parse(TargetPath.escaped(Origin.pathAndQuery(url)));
        return new RequestHead(client.method(), target, client.protocol(), fields);
    }

    private static void forward(Headers fields, HttpServletRequest request) {
        List<String> before = fields.all("X-Forwarded-For");
        String client = ServletHead.text(request.getRemoteAddr());
        fields.set("X-Forwarded-For", before.isEmpty() ? client : String.join(", ", before) + ", " + client);
        fields.set("X-Forwarded-Proto", ServletHead.text(request.getScheme()));
    }
}
