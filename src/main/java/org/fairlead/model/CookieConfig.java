package org.fairlead.model;

/**
 * One {@code ProxyPassReverseCookieDomain} or {@code …CookiePath}.
 *
 * @param internal the member's value
 * @param published the value that the client sees
 */
public record CookieConfig(String internal, String published, Source source) {}
