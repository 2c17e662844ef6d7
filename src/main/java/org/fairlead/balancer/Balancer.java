package org.fairlead.balancer;

import java.util.List;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.RequestHead;
import org.fairlead.model.BalancerConfig;

/** A group of members and the rule that chooses among them. Thread-safe; no lock is held while anything blocks. */
public final class Balancer implements AutoCloseable {
    private final BalancerConfig config;

    public Balancer(BalancerConfig config) {
        this.config = config;
    }

    public BalancerConfig config() {
        return config;
    }

    /** The members now, in configuration order. */
    public List<Member> members() {
        throw new UnsupportedOperationException("contract only");
    }

    /** Reads whom a request wants: its session's route and its hash key. */
    public Wish wish(RequestHead request, ClientConnection client) {
        return Wish.NONE;
    }

    /**
     * Chooses a member. May wait: for a usable member as long as {@code timeout} says, for a place under {@code max} as
     * long as {@code acquire} says.
     *
     * @param tried the members that this request has been sent to already
     */
    public Lease lease(Wish wish, List<Member> tried) throws NoMemberException {
        throw new NoMemberException("contract only", java.util.Optional.empty());
    }

    /** How many further members a request may try after its first ({@code maxattempts}). */
    public int maxAttempts() {
        return 0;
    }

    /**
     * Whether the retry budget allows a second attempt now; takes from it if so.
     */
    public boolean allowsRetry() {
        return true;
    }

    @Override
    public void close() {}
}
