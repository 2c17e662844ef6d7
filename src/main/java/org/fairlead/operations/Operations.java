package org.fairlead.operations;

/** Port: what runs, as an operator sees and steers it. Thread-safe. */
public interface Operations {
    /** Takes a look at everything. Holds no lock that a selection waits for; costs some hundred microseconds. */
    ServerSnapshot snapshot();

    /** The way to change what runs. */
    OperatorOrders orders();
}
