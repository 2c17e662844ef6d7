package org.fairlead.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.GivenBody;
import org.fairlead.exchange.ReadinessNotifier;
import org.fairlead.http.Headers;
import org.fairlead.runtime.Generation;
import org.fairlead.runtime.ProxyRuntime;

/** A running configuration with handlers, asked without a container: requests come from 127.0.0.1. */
final class AdminFixture implements AutoCloseable {
    private final Path folder;
    private final ProxyRuntime runtime;

    private AdminFixture(Path folder, ProxyRuntime runtime) {
        this.folder = folder;
        this.runtime = runtime;
    }

    /** Starts a configuration in httpd's syntax; {@code ServerName www.example.com} and an audit log are added. */
    static AdminFixture start(Path parent, String httpd) throws Exception {
        Path folder = Files.createTempDirectory(parent, "run");
        String text = "ServerName www.example.com\nAuditLog " + folder.resolve("audit.log") + "\n"
                + httpd.replace("FOLDER", folder.toString());
        return new AdminFixture(
                folder,
                ProxyRuntime.start(
                        new ConfigLoader().load(text, "conf", "test.conf").config(),
                        ReadinessNotifier.NONE,
                        Handlers::of));
    }

    ProxyRuntime runtime() {
        return runtime;
    }

    /** The folder that {@code FOLDER} in the configuration stands for. */
    Path folder() {
        return folder;
    }

    Path audit() {
        return folder.resolve("audit.log");
    }

    String audited() throws IOException {
        return Files.readString(audit());
    }

    FakeExchange asked(FakeExchange exchange) throws Exception {
        Generation generation = runtime.pin();
        try {
            ExchangeObserver observer = generation.recorded(exchange, ExchangeObserver.NONE);
            generation.engine().handle(exchange.traced(observer.trace()), observer);
            observer.ended(exchange.status(), 0, 1);
        } finally {
            generation.release();
        }
        return exchange;
    }

    FakeExchange get(String target, String... fields) throws Exception {
        return ask("GET", target, "", fields);
    }

    FakeExchange post(String target, String body, String... fields) throws Exception {
        return ask("POST", target, body, fields);
    }

    /** @param fields names and values in turn */
    FakeExchange ask(String method, String target, String body, String... fields) throws Exception {
        Headers headers = new Headers();
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        return asked(FakeExchange.of(method, target, headers, GivenBody.of(body, body.length()))
                .from("127.0.0.1"));
    }

    @Override
    public void close() {
        runtime.close();
    }
}
