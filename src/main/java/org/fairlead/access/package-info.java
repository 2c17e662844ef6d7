/**
 * Who asks, and who may: whom to believe about a client's address; Require, Order/Allow/Deny and Basic authentication, over
 * an exchange and the records that ask for them.
 */
package org.fairlead.access;
