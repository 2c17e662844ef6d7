/** Loops over selectors: connections to members that are watched for something to read. */
package org.fairlead.eventloop;
