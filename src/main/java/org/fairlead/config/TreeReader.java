package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairlead.model.HostConfig;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.ProxyConfig;

/**
 * Turns the configuration tree, whatever text it came from, into records. First every server's lines are read in their
 * order, which makes balancers and members; when all are known these get their names, and then the hosts are made.
 */
final class TreeReader {
    private final Entry root;
    private final Reading reading;
    private final Problems problems;

    TreeReader(Entry root, Reading reading) {
        this.root = root;
        this.reading = reading;
        this.problems = reading.problems();
    }

    /** Returns the configuration; it must not be used if there are errors among the problems. */
    ProxyConfig read() {
        Values values = Values.in(root, problems);
        HealthReader health = HealthReader.ofMainServer(root, problems);
        MemberDefaults defaults = MemberDefaults.read(values, MemberDefaults.httpd());
        Server main = server(root, Optional.empty(), defaults, health);
        List<Server> virtual = new ArrayList<>();
        for (Entry host : root.all("virtualhost")) {
            MemberDefaults own = MemberDefaults.read(Values.in(host, problems), defaults);
            virtual.add(server(host, Optional.of(main), own, health.inside(host)));
        }
        Balancers balancers = new Balancers(problems);
        balancers.add(main);
        virtual.forEach(balancers::add);
        HostConfig mainHost = new HostReader(main, balancers, reading).read(Optional.empty());
        List<HostConfig> virtualHosts = virtual.stream()
                .map(server -> new HostReader(server, balancers, reading).read(Optional.of(mainHost)))
                .toList();
        List<ListenerConfig> listeners = new ListenerReader(root, problems).read(mainHost, virtualHosts);
        new HandlerCheck(problems).check(mainHost, virtualHosts);
        return new ProxyConfig(
                ServerReader.read(values),
                listeners,
                mainHost,
                virtualHosts,
                balancers.records(),
                OperationsReader.read(root, reading));
    }

    private Server server(Entry entry, Optional<Server> main, MemberDefaults defaults, HealthReader health) {
        WorkerTable workers = new WorkerTable(problems);
        RouteDrafts routes = new RouteDrafts();
        RouteReader reader = new RouteReader(workers, problems);
        for (Entry line : entry.entries()) {
            switch (line.name()) {
                case "proxy" -> section(workers, line);
                case "balancermember" -> workers.member(line);
                case "proxyset" -> workers.set(line);
                case "proxypass", "proxypassmatch" -> reader.ofHost(line).ifPresent(routes::add);
                case "location" -> reader.ofLocation(line).ifPresent(route -> routes.add(line, route));
                default -> {}
            }
        }
        workers.finish();
        HiddenRoutes.tell(routes.ofHost(), problems);
        RewriteReader rewrites = new RewriteReader(workers, problems);
        entry.all("rewriterule").forEach(line -> rewrites.read(line).ifPresent(routes::add));
        List<Entry> servers = new ArrayList<>();
        main.ifPresent(m -> servers.add(m.entry()));
        servers.add(entry);
        MemberReader members = new MemberReader(problems, defaults, health, RemoteReader.of(servers, problems));
        return new Server(
                entry, main, workers, members, new MemberTlsReader(main.map(Server::tls), entry, reading), routes);
    }

    /** Reads the members of a {@code <Proxy>} section; its settings for paths are read with the host. */
    private void section(WorkerTable workers, Entry section) {
        workers.section(section);
        for (Entry line : section.entries()) {
            if (Schema.isOfLocationOnly(line.name())) {
                problems.error(
                        line.source(),
                        line.spelling() + " inside <Proxy " + section.url()
                                + "> (expected: inside <Location> or <VirtualHost>; in <Proxy> it is not supported)");
            }
        }
    }
}
