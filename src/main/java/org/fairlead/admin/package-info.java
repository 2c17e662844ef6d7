/**
 * Handlers for operators' browsers and tools, which {@code SetHandler} names. They respond through the
 * exchange, behind the access rules of their location, so they are the same in the jar and in any container.
 */
package org.fairlead.admin;
