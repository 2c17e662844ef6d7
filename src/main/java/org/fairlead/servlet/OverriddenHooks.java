package org.fairlead.servlet;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Set of the protected methods of Smiley's {@code ProxyServlet} that a subclass of ours overrides. Decides once, when
 * the servlet starts, which path its requests take. Immutable.
 */
final class OverriddenHooks {
    /** Hooks that see messages of HttpClient 4: only the parent's own {@code service} can call them. */
    private static final Set<String> OF_HTTP_CLIENT_4 = Set.of(
            "copyRequestHeaders",
            "copyRequestHeader",
            "copyResponseHeaders",
            "copyResponseHeader",
            "copyResponseEntity",
            "doExecute",
            "newProxyRequestWithEntity",
            "handleRequestException",
            "createHttpClient",
            "getProxyClient");

    /** Hooks that set the target, with or without the init-param. */
    private static final Set<String> OF_THE_TARGET =
            Set.of("initTarget", "getTargetUri", "getTargetHost", "rewriteUrlFromRequest");

    /** Hooks that set HttpClient 4 up; there is none to set up. */
    private static final Set<String> OF_THE_CLIENT =
            Set.of("getHttpClientBuilder", "buildHttpClient", "buildSocketConfig");

    private final Set<String> overridden;

    private OverriddenHooks(Set<String> overridden) {
        this.overridden = overridden;
    }

    static OverriddenHooks of(Class<?> servlet) {
        Set<String> names = new HashSet<>();
        for (Class<?> type = servlet; isSubclass(type); type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (!method.isSynthetic()) {
                    names.add(method.getName());
                }
            }
        }
        return new OverriddenHooks(names);
    }

    private static boolean isSubclass(Class<?> type) {
        return type != null
                && BalancerServlet.class.isAssignableFrom(type)
                && type != BalancerServlet.class
                && type != UriTemplateBalancerServlet.class;
    }

    boolean contains(String name) {
        return overridden.contains(name);
    }

    /** Whether the parent's own {@code service} has to run. */
    boolean needParent() {
        return OF_HTTP_CLIENT_4.stream().anyMatch(overridden::contains);
    }

    /** Whether the subclass itself says where requests go. */
    boolean tellTarget() {
        return OF_THE_TARGET.stream().anyMatch(overridden::contains);
    }

    /** Overridden hooks that can have no effect, sorted. */
    Set<String> withoutEffect() {
        Set<String> names = new TreeSet<>(OF_THE_CLIENT);
        names.retainAll(overridden);
        return names;
    }
}
