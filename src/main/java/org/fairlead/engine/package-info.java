/** The loop: match, pick, send, fail over, reply. What it needs of the world stands here as ports. */
package org.fairlead.engine;
