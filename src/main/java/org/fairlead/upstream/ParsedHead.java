package org.fairlead.upstream;

import org.fairlead.http.Headers;

/**
 * The head of a member's response.
 *
 * @param status 100 to 999
 * @param minorVersion the x of HTTP/1.x
 */
record ParsedHead(int status, int minorVersion, Headers fields) {}
