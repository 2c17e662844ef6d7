package org.fairlead.config;

import java.util.Optional;
import org.fairlead.model.PathMatch;
import org.fairlead.model.RouteConfig;
import org.fairlead.model.Source;

/**
 * A route whose balancer has no final name yet, because virtual hosts may use one name for different balancers.
 *
 * @param balancer where it leads; empty = excluded ({@code !})
 * @param path what stands for the matched prefix
 */
record RouteDraft(
        PathMatch match, Optional<BalancerDraft> balancer, String path, RouteConfig.Mapping mapping, Source source) {}
