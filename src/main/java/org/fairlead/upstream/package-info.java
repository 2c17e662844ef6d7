/**
 * HTTP towards members: implements the engine's and the health monitor's ports over HttpClient 5's connections by the
 * lean path (lease, connect, execute, release). Framing and parsing are its own, stricter than HttpClient's.
 */
package org.fairlead.upstream;
