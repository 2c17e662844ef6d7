package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;

/**
 * Form body that a filter in front of this servlet has read by {@code getParameter()}, written out again from its
 * parameters (WHATWG URL 5.2). Its bytes may differ from the client's, its names and values do not.
 */
final class FormBody implements RequestBody {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final byte[] bytes;
    private final InputStream stream;

    private FormBody(byte[] bytes) {
        this.bytes = bytes;
        this.stream = new ByteArrayInputStream(bytes);
    }

    /**
     * Form body of a request; empty if the body is no form, or its parameters are not known to the container either.
     */
    static Optional<RequestBody> of(HttpServletRequest request) {
        String type = ServletHead.text(request.getContentType()).toLowerCase(Locale.ROOT);
        int parameters = type.indexOf(';');
        if (!(parameters < 0 ? type : type.substring(0, parameters)).strip().equals(FORM)) {
            return Optional.empty();
        }
        String form = form(request, charset(request));
        return form.isEmpty() ? Optional.empty() : Optional.of(new FormBody(form.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Optional<Charset> charset(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getCharacterEncoding()).map(Charset::forName);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Encodes a parameter. Where the request names no charset, containers read a form as ISO-8859-1 (Servlet 6 3.12) or
     * as UTF-8, and clients write UTF-8. A text whose characters are the bytes of UTF-8 was read as ISO-8859-1.
     */
    private static String encoded(String text, Optional<Charset> charset) {
        return URLEncoder.encode(
                text, charset.orElse(isUtf8Misread(text) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    }

    private static boolean isUtf8Misread(String text) {
        if (text.chars().allMatch(c -> c < 0x80) || text.chars().anyMatch(c -> c > 0xFF)) {
            return false;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The parameters without those of the query, which containers put in front of them (Servlet 6 3.1). */
    private static String form(HttpServletRequest request, Optional<Charset> charset) {
        Map<String, Integer> ofQuery = namesOf(ServletHead.text(request.getQueryString()));
        List<String> pairs = new ArrayList<>();
        request.getParameterMap().forEach((name, values) -> {
            for (int i = ofQuery.getOrDefault(name, 0); i < values.length; i++) {
                pairs.add(encoded(name, charset) + "=" + encoded(values[i], charset));
            }
        });
        return String.join("&", pairs);
    }

    /** How often each name stands in a query. */
    private static Map<String, Integer> namesOf(String query) {
        Map<String, Integer> names = new HashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!pair.isEmpty()) {
                names.merge(decoded(name), 1, Integer::sum);
            }
        }
        return names;
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public InputStream stream() {
        return stream;
    }

    @Override
    public Headers trailers() {
        return new Headers();
    }
}
