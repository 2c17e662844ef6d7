package org.fairlead.boot;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.http.Json;
import org.fairlead.http.JsonReader;
import org.fairlead.http.LogText;

/**
 * Client of a running Fairlead's admin API: {@code --status}, {@code --drain} and related commands. Exit codes are
 * those of Nagios' plug-ins.
 */
final class OperateCommand {
    static final int OK = 0;
    static final int WARNING = 1;
    static final int CRITICAL = 2;
    static final int UNKNOWN = 3;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MAX_WAIT = Duration.ofHours(25);

    private final Command.Operate command;
    private final PrintStream out;
    private final PrintStream err;

    OperateCommand(Command.Operate command, PrintStream out, PrintStream err) {
        this.command = command;
        this.out = out;
        this.err = err;
    }

    int run() {
        try {
            return command.name().equals("status") ? status() : order();
        } catch (IOException | IllegalArgumentException e) {
            return unknown(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown("interrupted");
        }
    }

    private int unknown(String why) {
        out.println("FAIRLEAD UNKNOWN - " + LogText.clean(why));
        return UNKNOWN;
    }

    private int status() throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(request("/v1/balancers?fields=name,usable,standalone,members.name,members.status,members.usable")
                        .timeout(TIMEOUT));
        if (response.statusCode() != 200) {
            return unknown(problem(response));
        }
        List<String> dead = new ArrayList<>();
        List<String> outOfUse = new ArrayList<>();
        int members = 0;
        int usable = 0;
        List<?> balancers = (List<?>) JsonReader.object(response.body()).get("items");
        for (Object one : balancers) {
            Map<?, ?> balancer = (Map<?, ?>) one;
            if (((BigDecimal) balancer.get("usable")).signum() == 0) {
                dead.add(balancer.get("name").toString());
            }
            for (Object each : (List<?>) balancer.get("members")) {
                Map<?, ?> member = (Map<?, ?>) each;
                members++;
                if (Boolean.TRUE.equals(member.get("usable"))) {
                    usable++;
                } else {
                    outOfUse.add(balancer.get("name") + " " + member.get("name") + " " + member.get("status"));
                }
            }
        }
        int code = !dead.isEmpty() ? CRITICAL : outOfUse.isEmpty() ? OK : WARNING;
        String word = List.of("OK", "WARNING", "CRITICAL").get(code);
        String what = code == CRITICAL
                ? "no usable member in " + String.join(", ", dead)
                : usable + " of " + members + " members usable"
                        + (outOfUse.isEmpty() ? "" : ", out: " + String.join(", ", outOfUse));
        out.println("FAIRLEAD " + word + " - " + LogText.clean(what) + " | balancers=" + balancers.size() + " members="
                + members + " usable=" + usable);
        return code;
    }

    private int order() throws IOException, InterruptedException {
        List<String> arguments = command.arguments();
        String path = "/v1/balancers/" + encoded(arguments.get(1)) + "/members/" + encoded(arguments.get(2)) + "/orders"
                + command.patience().map(time -> "?wait=" + encoded(time)).orElse("");
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("set", set());
        order.put("reason", command.reason());
        HttpResponse<String> response = send(request(path)
                .timeout(command.patience().isPresent() ? MAX_WAIT : TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.of(order))));
        if (response.statusCode() != 200) {
            err.println("fairlead: " + LogText.clean(problem(response)));
            return response.statusCode() >= 500 ? UNKNOWN : CRITICAL;
        }
        Object drained = JsonReader.object(response.body()).get("drained");
        out.println(command.name() + " " + arguments.get(1) + " " + arguments.get(2) + ": "
                + (drained == null ? "done" : drained.equals(true) ? "drained" : "not drained in time"));
        return Boolean.FALSE.equals(drained) ? WARNING : OK;
    }

    private Map<String, Object> set() {
        return switch (command.name()) {
            case "drain" -> Map.of("draining", true);
            case "disable" -> Map.of("disabled", true);
            case "enable" -> Map.of("draining", false, "disabled", false, "stopped", false);
            default -> Map.of("loadfactor", number(command.arguments().get(3)));
        };
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("loadfactor '" + text + "' (expected: 1 to 100)", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) throws IOException {
        URI url = URI.create(command.arguments().get(0));
        if (url.getHost() == null || url.getScheme() == null) {
            throw new IllegalArgumentException("URL '" + url + "' (expected: http://HOST/PATH)");
        }
        String origin = url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        // Proves that no other site's page has sent it; no browser lets a page set this header itself.
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(origin + url.getRawPath().replaceFirst("/$", "") + path))
                .header("Origin", origin);
        credentials(url).ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private static Optional<String> credentials(URI url) {
        return Optional.ofNullable(url.getUserInfo())
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String problem(HttpResponse<String> response) {
        String detail = "";
        if (response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")) {
            detail = ": " + JsonReader.object(response.body()).get("detail");
        }
        return response.statusCode() + detail;
    }
}
