/** The composition root: builds live objects from a configuration and swaps them for the next one without loss. */
package org.fairlead.runtime;
