/** The request engine: decide, select, send, fail over, respond. Its ports to the environment are here too. */
package org.fairlead.engine;
