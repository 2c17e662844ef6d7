/**
 * What operators' browsers and tools talk to: the handlers that {@code SetHandler} names. They answer through the
 * exchange, behind the access rules of their location, so they are the same in the jar and in any container.
 */
package org.fairlead.admin;
