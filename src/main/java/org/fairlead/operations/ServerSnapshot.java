package org.fairlead.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.model.ProxyConfig;

/**
 * The state of a running Fairlead at one moment. Immutable; its parts may be a moment apart, because nothing is stopped
 * while it is taken.
 *
 * @param process when this was taken, since when it runs, which version
 * @param workers threads of requests
 * @param listeners in configuration order; in another container one for each port that was used
 * @param hosts the main server, then virtual hosts in configuration order
 * @param balancers in configuration order, lone members among them
 * @param pools connections by balancer and {@link org.fairlead.balancer.MemberSnapshot#id member}
 * @param leaving members that were removed
 * @param certificates the certificates of hosts and listeners
 * @param reload the result of the last reload
 * @param config the configuration in force: the files' with the orders since; it has paths of secrets, no secrets
 */
public record ServerSnapshot(
        ProcessSnapshot process,
        WorkerSnapshot workers,
        List<ListenerSnapshot> listeners,
        List<HostSnapshot> hosts,
        List<BalancerSnapshot> balancers,
        Map<MemberKey, PoolSnapshot> pools,
        List<LeavingMember> leaving,
        List<CertificateSnapshot> certificates,
        ReloadSnapshot reload,
        ProxyConfig config) {
    public ServerSnapshot {
        listeners = List.copyOf(listeners);
        hosts = List.copyOf(hosts);
        balancers = List.copyOf(balancers);
        pools = Map.copyOf(pools);
        leaving = List.copyOf(leaving);
        certificates = List.copyOf(certificates);
    }

    /**
     * The process.
     *
     * @param now when the snapshot was taken
     * @param started since when this Fairlead runs
     * @param version Fairlead's; {@code development} where it was not packed
     */
    public record ProcessSnapshot(Instant now, Instant started, String version) {}

    /** Names one member. @param member {@link org.fairlead.balancer.MemberSnapshot#id} */
    public record MemberKey(String balancer, String member) {}

    /** Returns the balancer of this name; for a lone member the name is its URL. */
    public Optional<BalancerSnapshot> balancer(String name) {
        return balancers.stream()
                .filter(balancer -> balancer.name().equals(name))
                .findFirst();
    }

    /** Returns the connections to a member; none if it has no pool yet. */
    public PoolSnapshot pool(String balancer, String member) {
        return pools.getOrDefault(new MemberKey(balancer, member), PoolSnapshot.NONE);
    }
}
