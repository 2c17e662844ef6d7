package org.fairlead.model;

/**
 * One {@code ProxyPassReverseCookieDomain} or {@code …CookiePath}.
 *
 * @param internal what the member says
 * @param published what the client shall see
 */
public record CookieConfig(String internal, String published, Source source) {}
