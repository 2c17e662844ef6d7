package org.fairlead.exchange;

import java.util.Optional;

/**
 * The target of a request in origin form (RFC 9112 3.2.1), byte for byte as it came, and the one normalised form of its
 * path that rules are matched against.
 */
public final class RequestTarget {
    private final String path;
    private final Optional<String> query;

    private RequestTarget(String path, Optional<String> query) {
        this.path = path;
        this.query = query;
    }

    /**
     * Takes a target apart.
     *
     * @throws RefusedException 400 if it is not in origin form or holds what no target may hold (RFC 3986, RFC 9112)
     */
    public static RequestTarget parse(String raw) throws RefusedException {
        if (!raw.startsWith("/")) {
            throw new RefusedException(400, "target is not in origin form");
        }
        int mark = raw.indexOf('?');
        return mark < 0
                ? new RequestTarget(raw, Optional.empty())
                : new RequestTarget(raw.substring(0, mark), Optional.of(raw.substring(mark + 1)));
    }

    /** The path as it came: nothing decoded, nothing resolved. */
    public String path() {
        return path;
    }

    /** What stands behind the first {@code ?}, as it came; empty string if there is a {@code ?} and nothing behind. */
    public Optional<String> query() {
        return query;
    }

    /** Path and query as they came. */
    public String raw() {
        return query.map(q -> path + "?" + q).orElse(path);
    }

    @Override
    public String toString() {
        return raw();
    }
}
