package org.fairlead.model;

/**
 * One {@code ProxyPassReverse}: the member's {@code url} is {@code path} for the client.
 *
 * @param path starts with a slash, or is a whole URL
 * @param url absolute ({@code http://…}, {@code balancer://…}), or a path if it starts with a slash
 */
public record ReverseConfig(String path, String url, Source source) {}
