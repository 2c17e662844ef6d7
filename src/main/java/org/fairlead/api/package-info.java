/** What an application that embeds Fairlead writes against: configurations made in code, and the running proxy's operations. */
package org.fairlead.api;
