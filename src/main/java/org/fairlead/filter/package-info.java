/** Body filters: what is done to the bodies of members' responses on the way to the client. */
package org.fairlead.filter;
