package org.fairlead.engine;

import org.fairlead.exchange.Exchange;
import org.fairlead.model.Settings;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.Host;

/**
 * One request together with what was found out about it before it is forwarded.
 *
 * @param settings the host's, with those of the sections that the target lies in
 * @param start when it came
 */
record Call(Exchange exchange, Host host, Settings settings, HeaderRules.Moment start) {}
