package org.fairlead.admin;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.IntStream;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.counters.TrafficSnapshot;
import org.fairlead.operations.HostSnapshot;
import org.fairlead.operations.ListenerSnapshot;
import org.fairlead.operations.ServerSnapshot;

/** mod_status' text, line by line as httpd 2.4 writes it (status_handler, proxy_status_hook). */
record StatusText(ServerSnapshot seen, String serverName) {
    /** The most letters of the scoreboard; above that they stand for shares. */
    private static final int MAX_LETTERS = 1024;

    String text() {
        StringBuilder out = new StringBuilder(4096);
        Duration up = Duration.between(seen.process().started(), seen.process().now());
        long seconds = Math.max(0, up.toSeconds());
        out.append(serverName.replaceAll("[\\p{Cntrl}]", " ")).append('\n');
        line(out, "ServerVersion", HttpdIdentity.server(seen.process().version()));
        line(out, "ServerMPM", "fairlead");
        line(out, "Server Built", seen.process().started().toString().substring(0, 19));
        line(out, "CurrentTime", HttpdIdentity.statusTime(seen.process().now()));
        line(out, "RestartTime", HttpdIdentity.statusTime(seen.process().started()));
        line(out, "ParentServerConfigGeneration", Long.toString(seen.reload().successes()));
        line(out, "ParentServerMPMGeneration", Long.toString(seen.reload().successes() - 1));
        line(out, "ServerUptimeSeconds", Long.toString(seconds));
        line(out, "ServerUptime", uptime(seconds));
        double load = Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        for (String name : new String[] {"Load1", "Load5", "Load15"}) {
            line(out, name, String.format(Locale.ROOT, "%.2f", load));
        }
        if (seen.config().operations().extendedStatus()) {
            totals(out, Math.max(1, seconds));
        }
        workers(out);
        if (seen.config().operations().proxyStatus()) {
            balancers(out);
        }
        return out.toString();
    }

    private void totals(StringBuilder out, long seconds) {
        TrafficSnapshot traffic =
                seen.hosts().stream().map(HostSnapshot::traffic).reduce(TrafficSnapshot.NONE, TrafficSnapshot::plus);
        long requests = traffic.requests();
        long millis = traffic.durations().sum().toMillis();
        line(out, "Total Accesses", Long.toString(requests));
        line(out, "Total kBytes", Long.toString(traffic.bytes() >> 10));
        line(out, "Total Duration", Long.toString(millis));
        double cpu = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(used -> used.toMillis() / 1000.0)
                .orElse(0.0);
        line(out, "CPUUser", number(cpu));
        for (String name : new String[] {"CPUSystem", "CPUChildrenUser", "CPUChildrenSystem"}) {
            line(out, name, "0");
        }
        line(out, "CPULoad", number(cpu * 100 / seconds));
        line(out, "Uptime", Long.toString(seconds));
        line(out, "ReqPerSec", number(requests / (double) seconds));
        line(out, "BytesPerSec", number(traffic.bytes() / (double) seconds));
        if (requests > 0) {
            line(out, "BytesPerReq", number(traffic.bytes() / (double) requests));
            line(out, "DurationPerReq", number(millis / (double) requests));
        }
    }

    private void workers(StringBuilder out) {
        long busy = seen.workers().active();
        long idle = seen.workers().idle();
        long connections = seen.listeners().stream()
                .mapToLong(ListenerSnapshot::connections)
                .filter(count -> count > 0)
                .sum();
        long waiting = Math.max(0, connections - busy);
        line(out, "BusyWorkers", Long.toString(busy));
        line(out, "GracefulWorkers", "0");
        line(out, "IdleWorkers", Long.toString(idle));
        line(out, "Processes", "1");
        line(out, "Stopping", "0");
        line(out, "ConnsTotal", Long.toString(connections));
        line(out, "ConnsAsyncWaitIO", "0");
        line(out, "ConnsAsyncWriting", "0");
        line(out, "ConnsAsyncKeepAlive", Long.toString(waiting));
        line(out, "ConnsAsyncClosing", "0");
        line(out, "Scoreboard", scoreboard(busy, idle));
    }

    private static String scoreboard(long busy, long idle) {
        long all = busy + idle;
        double share = all > MAX_LETTERS ? MAX_LETTERS / (double) all : 1;
        int written = (int) Math.max(busy > 0 ? 1 : 0, Math.round(busy * share));
        return "W".repeat(written) + "_".repeat((int) Math.max(0, Math.min(MAX_LETTERS, all) - written));
    }

    private void balancers(StringBuilder out) {
        var balancers = seen.balancers().stream()
                .filter(balancer -> !balancer.config().standalone())
                .toList();
        IntStream.range(0, balancers.size()).forEach(i -> balancer(out, i, balancers.get(i)));
    }

    private static void balancer(StringBuilder out, int index, BalancerSnapshot balancer) {
        String prefix = "ProxyBalancer[" + index + "]";
        line(out, prefix + "Name", "balancer://" + balancer.name());
        for (int i = 0; i < balancer.members().size(); i++) {
            MemberSnapshot member = balancer.members().get(i);
            String worker = prefix + "Worker[" + i + "]";
            line(out, worker + "Name", member.id());
            line(out, worker + "Status", ManagerPage.words(member));
            line(out, worker + "Elected", Long.toString(member.load().elected()));
            line(out, worker + "Busy", Integer.toString(member.load().busy()));
            line(out, worker + "Sent", (member.load().to() >> 10) + "K");
            line(out, worker + "Rcvd", (member.load().from() >> 10) + "K");
        }
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append('\n');
    }

    /** C's {@code %g}: no trailing zeros. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.6f", value).replaceFirst("\\.?0+$", "");
        return text.startsWith("0.") ? text.substring(1) : text;
    }

    private static String uptime(long seconds) {
        StringBuilder out = new StringBuilder();
        part(out, seconds / 86_400, "day");
        part(out, seconds / 3600 % 24, "hour");
        part(out, seconds / 60 % 60, "minute");
        part(out, seconds % 60, "second");
        return out.toString().strip();
    }

    private static void part(StringBuilder out, long count, String unit) {
        if (count > 0) {
            out.append(count).append(' ').append(unit).append(count == 1 ? " " : "s ");
        }
    }

    /** The HTML page: httpd's headings over the same lines. */
    String page() {
        String name = Html.text(serverName);
        return "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">\n<html><head>\n<title>Apache Status</title>\n"
                + "</head><body>\n<h1>Apache Server Status for " + name + "</h1>\n\n<pre>\n"
                + escapedLines() + "</pre>\n</body></html>\n";
    }

    private String escapedLines() {
        StringBuilder out = new StringBuilder();
        text().lines().forEach(line -> out.append(Html.text(line)).append('\n'));
        return out.toString();
    }
}
