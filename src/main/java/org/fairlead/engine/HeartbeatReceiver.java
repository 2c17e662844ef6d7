package org.fairlead.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Heartbeat;
import org.fairlead.exchange.Exchange;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.ResponseHead;
import org.fairlead.model.BalancerConfig;

/**
 * {@code SetHandler heartbeat} (mod_heartmonitor): a member POSTs {@code ready=75&busy=3} and gets {@code OK}. Only a
 * member's own address is believed.
 */
final class HeartbeatReceiver {
    private static final int MAX_BODY_BYTES = 1000;

    private HeartbeatReceiver() {}

    static void answer(Exchange exchange, Collection<Balancer> balancers) throws IOException, RefusedException {
        if (!exchange.request().method().equals("POST")) {
            throw new RefusedException(405, "a heartbeat is a POST");
        }
        byte[] body = exchange.body().stream().readNBytes(MAX_BODY_BYTES);
        Heartbeat report;
        try {
            report = Heartbeat.parse(new String(body, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, e.getMessage());
        }
        String sender = exchange.connection().clientAddress();
        boolean known = false;
        for (Balancer balancer : balancers) {
            known |=
                    balancer.config().method() == BalancerConfig.Method.HEARTBEAT && balancer.heartbeat(sender, report);
        }
        if (!known) {
            throw new RefusedException(403, "no member of a balancer by heartbeat is at " + sender);
        }
        byte[] ok = "OK".getBytes(StandardCharsets.ISO_8859_1);
        try (OutputStream out =
                exchange.reply(new ResponseHead(200, Headers.of("Content-Type", "text/plain")), ok.length)) {
            out.write(ok);
        }
    }
}
