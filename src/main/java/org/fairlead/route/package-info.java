/** Request routing: hosts, routes, sections, header rules and the reverse mapping of responses. */
package org.fairlead.route;
