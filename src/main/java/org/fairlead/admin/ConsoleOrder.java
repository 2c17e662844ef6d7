package org.fairlead.admin;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.operations.HealthChange;
import org.fairlead.operations.MemberChange;

/** The orders of one word, and the effect of each as its confirmation shows it. */
enum ConsoleOrder {
    ENABLE("Enable", "It takes part again: new requests by its share, and its own sessions."),
    DRAIN(
            "Drain",
            "New sessions go to other members. Requests whose session is its own still reach it, and what is in flight"
                    + " goes on to its end. Nothing is cut."),
    DISABLE(
            "Disable",
            "It gets no new request, and sessions that are its own go to other members. What is in flight goes on to its"
                    + " end."),
    STOP(
            "Stop",
            "It gets no new request, its own sessions go to other members, and time does not bring it back from an error."
                    + " What is in flight goes on to its end."),
    STANDBY("Make standby", "It gets new requests only while its set has no other usable member."),
    NO_STANDBY("End standby", "It takes part by its share."),
    SPARE("Make spare", "It stands in for one member that is not usable, and gets nothing else."),
    NO_SPARE("End spare", "It takes part by its share."),
    IGNORE_ERRORS("Ignore errors", "It stays in service whatever its errors; each request may meet them."),
    HEED_ERRORS("Heed errors", "An error takes it out of service for its retry time."),
    REMOVE("Remove", "It leaves the balancer. What is in flight goes on to its end; its sessions go to other members.");

    private final String title;
    private final String effect;

    ConsoleOrder(String title, String effect) {
        this.title = title;
        this.effect = effect;
    }

    /** Returns the order of a form's {@code do}; empty if it is none. */
    static Optional<ConsoleOrder> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String title() {
        return title;
    }

    String effect() {
        return effect;
    }

    /** Returns what it changes of a member; nothing for {@link #REMOVE}. */
    MemberChange change() {
        return switch (this) {
            case ENABLE ->
                flags(Map.of(StatusFlag.DRAIN, false, StatusFlag.DISABLED, false, StatusFlag.STOPPED, false));
            case DRAIN -> flags(Map.of(StatusFlag.DRAIN, true));
            case DISABLE -> flags(Map.of(StatusFlag.DISABLED, true));
            case STOP -> flags(Map.of(StatusFlag.STOPPED, true));
            case STANDBY -> flags(Map.of(StatusFlag.STANDBY, true));
            case NO_STANDBY -> flags(Map.of(StatusFlag.STANDBY, false));
            case SPARE -> flags(Map.of(StatusFlag.SPARE, true));
            case NO_SPARE -> flags(Map.of(StatusFlag.SPARE, false));
            case IGNORE_ERRORS -> flags(Map.of(StatusFlag.IGNORE_ERRORS, true));
            case HEED_ERRORS -> flags(Map.of(StatusFlag.IGNORE_ERRORS, false));
            case REMOVE -> MemberChange.NONE;
        };
    }

    private static MemberChange flags(Map<StatusFlag, Boolean> flags) {
        return new MemberChange(
                new EnumMap<>(flags),
                java.util.OptionalInt.empty(),
                java.util.OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                HealthChange.NONE);
    }
}
