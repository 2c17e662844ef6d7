/**
 * The operators' view and control: counters of hosts, routes and listeners, the records that show everything at one
 * moment, and the port for orders. Metrics, console, API, JMX and httpd's two handlers stand on it.
 */
package org.fairlead.operations;
