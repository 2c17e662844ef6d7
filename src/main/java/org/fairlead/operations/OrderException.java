package org.fairlead.operations;

/** An order that was refused; nothing has changed. The message is for the operator. */
public final class OrderException extends Exception {
    private final Reason reason;

    /** Why an order is not carried out. */
    public enum Reason {
        /** There is no such balancer or member. */
        UNKNOWN,
        /** A value is out of its range or no value of this kind. */
        INVALID,
        /** What runs does not allow it: no room to grow, not a member that was added, not a balancer. */
        CONFLICT
    }

    public OrderException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
