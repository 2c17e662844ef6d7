/**
 * The members' side of the wire: implements the engine's and the health monitor's ports over HttpClient 5's connections
 * by the lean path (lease, connect, execute, release), with framing and parsing of its own, stricter than the library's.
 */
package org.fairlead.upstream;
