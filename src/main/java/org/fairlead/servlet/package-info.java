/** The container's side: servlet requests become exchanges, and everything that differs among containers ends here. */
package org.fairlead.servlet;
