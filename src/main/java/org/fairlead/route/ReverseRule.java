package org.fairlead.route;

import java.util.Optional;
import org.fairlead.http.Percent;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ReverseConfig;
import org.fairlead.route.ResponseRewrite.Context;

/** One prepared {@code ProxyPassReverse}. Immutable. */
final class ReverseRule {
    private static final String BALANCER = "balancer://";

    private final String path;
    private final boolean pathIsUrl;
    private final String url;
    private final boolean comparesPath;
    private final String balancer;
    private final String behindMember;

    ReverseRule(ReverseConfig config) {
        path = Percent.inTarget(config.path());
        pathIsUrl = !path.startsWith("/");
        url = Percent.inTarget(config.url());
        comparesPath = url.startsWith("/");
        if (url.regionMatches(true, 0, BALANCER, 0, BALANCER.length())) {
            int slash = url.indexOf('/', BALANCER.length());
            balancer = url.substring(BALANCER.length(), slash < 0 ? url.length() : slash);
            behindMember = slash < 0 || slash + 1 == url.length() ? "" : url.substring(slash);
        } else {
            balancer = "";
            behindMember = "";
        }
    }

    /** Returns the client's form of {@code value}; empty if the rule is not for it. */
    Optional<String> map(String value, Context context) {
        if (!balancer.isEmpty()) {
            return mapMembers(value, context);
        }
        if (comparesPath) {
            int start = startOfPath(value);
            return value.regionMatches(true, start, url, 0, url.length())
                    ? Optional.of(published(value.substring(start + url.length()), context))
                    : Optional.empty();
        }
        return !url.isEmpty() && isAt(url, value)
                ? Optional.of(published(value.substring(url.length()), context))
                : Optional.empty();
    }

    private Optional<String> mapMembers(String value, Context context) {
        for (MemberConfig member : context.members().apply(balancer)) {
            String name = member.name();
            int length = name.endsWith("/") && !behindMember.isEmpty() ? name.length() - 1 : name.length();
            if (isAt(name.substring(0, length), value) && value.startsWith(behindMember, length)) {
                return Optional.of(published(value.substring(length + behindMember.length()), context));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether {@code value} begins with {@code prefix}, case aside. A prefix that ends in the authority has to end with
     * it: {@code http://b:80} is not for {@code http://b:8080/}, though httpd accepts that.
     */
    private static boolean isAt(String prefix, String value) {
        if (!value.regionMatches(true, 0, prefix, 0, prefix.length())) {
            return false;
        }
        if (value.length() == prefix.length() || startOfPath(prefix) < prefix.length()) {
            return true;
        }
        char next = value.charAt(prefix.length());
        return next == '/' || next == '?' || next == '#';
    }

    /** The start of a URL's path: 0 for a text that is no absolute URL, its length if it has no path. */
    private static int startOfPath(String value) {
        int scheme = value.indexOf("://");
        if (scheme < 0) {
            return 0;
        }
        int slash = value.indexOf('/', scheme + 3);
        return slash < 0 ? value.length() : slash;
    }

    private String published(String rest, Context context) {
        String mapped = path.endsWith("/") && rest.startsWith("/") ? path + rest.substring(1) : path + rest;
        return pathIsUrl ? mapped : context.scheme() + "://" + context.authority() + context.mountPath() + mapped;
    }
}
