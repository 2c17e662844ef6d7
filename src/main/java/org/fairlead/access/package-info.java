/** Who may: Require, Order/Allow/Deny and Basic authentication, over an exchange and the records that ask for them. */
package org.fairlead.access;
