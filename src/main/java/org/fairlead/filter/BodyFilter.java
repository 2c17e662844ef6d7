package org.fairlead.filter;

/** A body filter: changes the fields of a response, and its body on the way. Immutable. */
public interface BodyFilter {
    /** Returns the response behind the filter; {@code response} itself where the filter does not apply. */
    FilteredResponse apply(FilteredResponse response);
}
