package org.fairlead.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fairlead.model.Source;

/** The settings read so far of one member; later lines override earlier ones. Not thread-safe. */
final class MemberDraft {
    private final MemberUrl url;
    private final Source source;
    private final String origin;
    private final String name;
    private final Map<String, Entry> parameters = new LinkedHashMap<>();

    MemberDraft(MemberUrl url, Source source) {
        this.url = url;
        this.source = source;
        this.origin = url.origin();
        this.name = origin + url.basePath();
    }

    /** Scheme, host and port; whatever shares this member has the same. */
    String origin() {
        return origin;
    }

    MemberUrl url() {
        return url;
    }

    Source source() {
        return source;
    }

    /** The name under which it is known: its URL without a slash at the end. */
    String name() {
        return name;
    }

    void set(Entry parameter) {
        parameters.put(parameter.name(), parameter);
    }

    Map<String, Entry> parameters() {
        return parameters;
    }

    /** Whether httpd would let a line for that URL use this member instead of making another (a leading substring). */
    boolean shares(MemberUrl other) {
        return other.path().startsWith(url.path()) && origin.equals(other.origin());
    }
}
