package org.fairlead.model;

/**
 * One {@code ProxyPassReverse}: what a member calls {@code url}, the client knows as {@code path}.
 *
 * @param path starts with a slash, or is a whole URL
 * @param url absolute ({@code http://…}, {@code balancer://…}), or a path if it starts with a slash
 */
public record ReverseConfig(String path, String url, Source source) {}
