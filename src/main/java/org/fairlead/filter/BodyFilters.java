package org.fairlead.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;
import org.fairlead.model.OutputFilters;
import org.fairlead.model.OutputFilters.Name;

/**
 * The body filters chosen for a request, in the order in which they run. Types of responses are looked at when there is
 * a response. Immutable and thread-safe.
 */
public final class BodyFilters {
    /** No filters. */
    public static final BodyFilters NONE = new BodyFilters(OutputFilters.NONE, List.of());

    private final OutputFilters config;
    private final List<Chosen> chosen;

    /** @param types the media types that it is for, in lower case; empty = every response */
    private record Chosen(Name name, Set<String> types) {}

    private BodyFilters(OutputFilters config, List<Chosen> chosen) {
        this.config = config;
        this.chosen = chosen;
    }

    /** The filters that the settings of a path name. */
    public static BodyFilters of(OutputFilters config, String path) {
        if (config.isEmpty()) {
            return NONE;
        }
        Map<Name, Set<String>> types = new EnumMap<>(Name.class);
        types.putAll(config.byType());
        config.set().ifPresent(names -> names.forEach(name -> types.put(name, Set.of())));
        config.forPath(path).forEach(name -> types.put(name, Set.of()));
        List<Chosen> chosen = new ArrayList<>();
        types.forEach((name, only) -> chosen.add(new Chosen(name, only)));
        chosen.sort(Comparator.comparing(Chosen::name));
        return new BodyFilters(config, List.copyOf(chosen));
    }

    public boolean isEmpty() {
        return chosen.isEmpty();
    }

    /** A line for each filter, for traces. */
    public List<String> words() {
        return chosen.stream()
                .map(each -> each.name.word()
                        + (each.types.isEmpty()
                                ? ""
                                : " for "
                                        + String.join(
                                                ", ",
                                                each.types.stream().sorted().toList())))
                .toList();
    }

    /**
     * Applies them. A response without a body, a part of one (206), and one whose {@code Cache-Control} is
     * {@code no-transform} (RFC 9110 7.7) stay as they are.
     */
    public FilteredResponse apply(FilteredResponse whole, FilteredRequest request) {
        if (chosen.isEmpty() || !mayChange(request.method(), whole.head())) {
            return whole;
        }
        String type = mediaType(whole.head().headers());
        FilteredResponse response = whole;
        for (Chosen each : chosen) {
            if (each.types.isEmpty() || each.types.contains(type)) {
                response = apply(each.name, response, request);
            }
        }
        return response;
    }

    /** A filter of text reads what a member has compressed, and leaves any other coding alone. */
    private FilteredResponse apply(Name name, FilteredResponse response, FilteredRequest request) {
        if (name != Name.SUBSTITUTE || config.substitute().rules().isEmpty()) {
            return filter(name, request).apply(response);
        }
        FilteredResponse plain = new InflateFilter(config.deflate()).apply(response);
        return ContentCoding.of(plain.head().headers()).isEmpty()
                ? filter(name, request).apply(plain)
                : plain;
    }

    private BodyFilter filter(Name name, FilteredRequest request) {
        return switch (name) {
            case INFLATE -> new InflateFilter(config.deflate());
            case SUBSTITUTE -> new SubstituteFilter(config.substitute());
            case DEFLATE -> new DeflateFilter(config.deflate(), request);
        };
    }

    private static boolean mayChange(String method, ResponseHead head) {
        return ResponseHead.allowsBody(method, head.status())
                && !head.headers().contains("Content-Range")
                && head.headers().all("Cache-Control").stream()
                        .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("no-transform"));
    }

    private static String mediaType(Headers headers) {
        String value = headers.first("Content-Type").orElse("");
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
