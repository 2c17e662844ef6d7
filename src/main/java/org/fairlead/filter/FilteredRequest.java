package org.fairlead.filter;

import org.fairlead.exchange.Environment;
import org.fairlead.http.Headers;

/**
 * The request side of what body filters read.
 *
 * @param headers the fields that the member got, so that {@code RequestHeader} rules count as in httpd
 * @param environment variables such as {@code no-gzip}; gets the notes of {@code DeflateFilterNote}
 */
public record FilteredRequest(String method, Headers headers, Environment environment) {}
