package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;

/** Part of a request's path and query that is appended to {@code targetUri}, byte for byte as the client wrote it. */
final class TargetPath {
    /** Characters that a URL may not hold, but clients write; Smiley's servlet escapes them too. */
    private static final String UNSAFE = " \"<>\\^`{|}[]";

    private TargetPath() {}

    /**
     * The path behind context and servlet path, undecoded; empty where a client has spelt those in another way, or the
     * servlet is not mapped by a prefix.
     *
     * @throws RefusedTargetException if it leads out of itself, in our eyes or in those of a more lenient reader
     */
    static Optional<String> behindMount(HttpServletRequest request) {
        String uri = request.getRequestURI();
        String mount = ServletHead.text(request.getContextPath()) + ServletHead.servletPath(request);
        if (uri == null || !uri.startsWith(mount) || !uri.equals(mount) && hasNoPathInfo(request)) {
            return Optional.empty();
        }
        String path = uri.substring(mount.length());
        if (path.isEmpty()) {
            return Optional.of(path);
        }
        try {
            RequestTarget target = RequestTarget.parse(escaped(path));
            if (target.isAmbiguous() && hidesParent(target.forwardPath())) {
                throw new RefusedException(400, "the path hides a dot segment");
            }
            return Optional.of(target.forwardPath());
        } catch (RefusedException e) {
            throw new RefusedTargetException(e);
        }
    }

    /** Where the mapping is not known it is asked for, which Jetty refuses for ambiguous targets. */
    private static boolean hasNoPathInfo(HttpServletRequest request) {
        HttpServletMapping mapping = request.getHttpServletMapping();
        return mapping == null
                ? request.getPathInfo() == null
                : !ServletHead.isMappedByPrefix(mapping) && request.getPathInfo() == null;
    }

    /** The query without a fragment, which a client ought not to send; empty if there is none. */
    static Optional<String> query(HttpServletRequest request) {
        return Optional.ofNullable(request.getQueryString())
                .map(query -> query.indexOf('#') < 0 ? query : query.substring(0, query.indexOf('#')));
    }

    /** @param queryOrNull as a hook returns it; an empty one is none */
    static String join(String target, String path, String queryOrNull) {
        String query = queryOrNull == null || queryOrNull.isEmpty() ? "" : "?" + escaped(queryOrNull);
        return target + path + query;
    }

    /**
     * A redirect that is a path below that of the target, as the path that the client knows; empty for every other one.
     *
     * @param target the target URI
     */
    static Optional<String> redirectWithoutHost(HttpServletRequest request, String url, String target) {
        if (target == null || !url.startsWith("/") || url.startsWith("//")) {
            return Optional.empty();
        }
        String base = Origin.path(target);
        boolean below = url.startsWith(base)
                && (url.length() == base.length() || base.isEmpty() || "/?#".indexOf(url.charAt(base.length())) >= 0);
        return below
                ? Optional.of(ServletHead.text(request.getContextPath())
                        + ServletHead.servletPath(request)
                        + url.substring(base.length()))
                : Optional.empty();
    }

    /** Whether a reader that decodes slashes, takes a backslash for one, or drops parameters finds {@code ..} in it. */
    private static boolean hidesParent(String path) {
        String decoded = decoded(decoded(path));
        for (String segment : decoded.split("[/\\\\]")) {
            int parameters = segment.indexOf(';');
            if ((parameters < 0 ? segment : segment.substring(0, parameters)).equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static String decoded(String path) {
        StringBuilder text = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int value = c == '%' && i + 2 < path.length() ? hex(path.charAt(i + 1)) * 16 + hex(path.charAt(i + 2)) : -1;
            if (value >= 0) {
                text.append((char) value);
                i += 2;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** Far below zero where it is no hexadecimal digit. */
    private static int hex(char c) {
        int digit = Character.digit(c, 16);
        return digit < 0 ? -1000 : digit;
    }

    /** Percent-encodes what a URL may not hold, in UTF-8; what is encoded already stays as it is. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(c -> {
            if (c > ' ' && c < 0x7F && UNSAFE.indexOf(c) < 0) {
                escaped.append((char) c);
            } else {
                for (byte b : new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append(String.format("%%%02X", b & 0xFF));
                }
            }
        });
        return escaped.toString();
    }
}
