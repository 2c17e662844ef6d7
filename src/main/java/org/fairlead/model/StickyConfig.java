package org.fairlead.model;

import java.util.Optional;

/**
 * Session affinity: how a request names the member that has its session.
 *
 * @param cookie the cookie's name; {@code stickysession=COOKIE|PARAM}; empty when only {@code stickycookie} is set
 * @param parameter the path or query parameter's name, looked up first; the same as the cookie's where one name is
 *     given
 * @param separator {@code stickysessionsep}: the route is what stands behind its first occurrence; empty = {@code Off},
 *     the whole value is the route
 * @param semicolonEndsPath {@code scolonpathdelim}
 * @param mintedCookie {@code stickycookie}: the name of the cookie that we set ourselves; empty = none
 */
public record StickyConfig(
        String cookie,
        String parameter,
        Optional<Character> separator,
        boolean semicolonEndsPath,
        Optional<String> mintedCookie) {}
