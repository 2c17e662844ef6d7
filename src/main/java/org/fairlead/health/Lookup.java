package org.fairlead.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.balancer.Endpoint;
import org.fairlead.health.Resolver.Service;
import org.fairlead.model.MemberAddress;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberConfig.Resolve;

/**
 * The DNS lookup of a name's endpoints, in an order that does not change from result to result (name servers shuffle
 * theirs). Used by one thread at a time.
 *
 * <p>SRV (RFC 2782): each record's host is looked up too, and each of its addresses is a member. A record's priority
 * chooses among lbsets from the configured one upwards; its weight multiplies the configured loadfactor, so that the
 * smallest weight has a factor of one.
 */
final class Lookup {
    private static final Comparator<InetAddress> BY_ADDRESS = Comparator.comparing(
                    (InetAddress address) -> address.getAddress().length)
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);
    private static final Comparator<Service> BY_PLACE = Comparator.comparingInt(Service::priority)
            .thenComparing(Service::host)
            .thenComparingInt(Service::port);
    private static final int MAX_LBSET = 99;
    private static final int MIN_FACTOR = 100;
    private static final int MAX_FACTOR = 10_000;

    private final Resolver resolver;
    private final MemberConfig member;
    /** The last addresses of SRV records' hosts, for one whose lookup fails while the others' work. */
    private final Map<String, List<InetAddress>> knownHosts = new HashMap<>();

    Lookup(Resolver resolver, MemberConfig member) {
        this.resolver = resolver;
        this.member = member;
    }

    /**
     * Looks the name up.
     *
     * @return one or more endpoints
     * @throws IOException if there is no result, or none with an endpoint in it
     */
    List<Endpoint> endpoints() throws IOException {
        String name = member.address().host();
        List<Endpoint> found =
                member.resolve() == Resolve.SRV ? ofServices(resolver.services(name)) : at(member, addresses(name));
        if (found.isEmpty()) {
            throw new UnknownHostException(name + ": no address");
        }
        return found;
    }

    private List<InetAddress> addresses(String host) throws IOException {
        return resolver.addresses(host).stream().distinct().sorted(BY_ADDRESS).toList();
    }

    private static List<Endpoint> at(MemberConfig config, List<InetAddress> addresses) {
        return addresses.stream()
                .map(address -> new Endpoint(config, Optional.of(address)))
                .toList();
    }

    private List<Endpoint> ofServices(List<Service> answer) throws IOException {
        // "." as the host says that the service is decidedly not available there.
        List<Service> services = answer.stream()
                .filter(service -> !service.host().isEmpty() && !service.host().equals(".") && service.port() > 0)
                .distinct()
                .sorted(BY_PLACE)
                .toList();
        List<Integer> priorities =
                services.stream().map(Service::priority).distinct().toList();
        int unit = services.stream()
                .mapToInt(Service::weight)
                .filter(weight -> weight > 0)
                .min()
                .orElse(1);
        List<Endpoint> places = new ArrayList<>();
        Optional<IOException> failure = Optional.empty();
        for (Service service : services) {
            try {
                MemberConfig config = configured(service, priorities.indexOf(service.priority()), unit);
                places.addAll(at(config, hostAddresses(service.host())));
            } catch (IOException e) {
                failure = Optional.of(e);
            }
        }
        if (places.isEmpty() && failure.isPresent()) {
            throw failure.get();
        }
        return places.stream().distinct().toList();
    }

    private List<InetAddress> hostAddresses(String host) throws IOException {
        try {
            List<InetAddress> found = addresses(host);
            knownHosts.put(host, found);
            return found;
        } catch (IOException e) {
            List<InetAddress> known = knownHosts.get(host);
            if (known == null) {
                throw e;
            }
            return known;
        }
    }

    private MemberConfig configured(Service service, int rank, int unit) {
        MemberAddress address = new MemberAddress(
                member.address().protocol(),
                service.host(),
                service.port(),
                member.address().unixSocket());
        String scheme = member.name().substring(0, member.name().indexOf("://") + 3);
        long factor = Math.round((double) member.loadFactorHundredths() * service.weight() / unit);
        return new MemberConfig(
                scheme + address.authority() + member.path(),
                address,
                member.path(),
                (int) Math.max(MIN_FACTOR, Math.min(MAX_FACTOR, factor)),
                Math.min(MAX_LBSET, member.lbset() + rank),
                member.route(),
                member.redirect(),
                member.status(),
                member.retry(),
                member.upgrade(),
                member.resolve(),
                member.pool(),
                member.health(),
                member.tls(),
                member.source());
    }
}
