/**
 * One request and its response without a container: the ports that a container or a connector implements for the
 * engine.
 */
package org.fairlead.exchange;
