/** Who asks, and who may: whom to believe about a client's address. */
package org.fairlead.access;
