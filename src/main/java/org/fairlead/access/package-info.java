/**
 * Access control: trusted proxies and client addresses; Require, Order/Allow/Deny and Basic authentication, over an
 * exchange and the records that configure them.
 */
package org.fairlead.access;
