/** Where a request goes and what its answer is called: hosts, routes, sections, header rules and reverse mapping. */
package org.fairlead.route;
