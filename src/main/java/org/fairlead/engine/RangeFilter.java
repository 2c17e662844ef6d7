package org.fairlead.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.filter.BodyFilter;
import org.fairlead.filter.FilteredResponse;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;
import org.fairlead.model.RangeLimits;

/**
 * A filter that cuts a GET's ranges out of a 200 of a member without range support (RFC 9110 14.2), as httpd's
 * byterange filter does behind mod_proxy. It reads the fields as {@code RequestHeader} and {@code Header} rules have
 * left them. A body of unknown length passes whole. Immutable.
 */
final class RangeFilter implements BodyFilter {
    private final RangeLimits limits;
    private final String method;
    private final Headers request;
    private final Instant received;

    /**
     * @param request the fields that the member got
     * @param received when the request came
     */
    RangeFilter(RangeLimits limits, String method, Headers request, Instant received) {
        this.limits = limits;
        this.method = method;
        this.request = request;
        this.received = received;
    }

    /** Where no range lies in the body, the response is replaced by a 416. */
    @Override
    public FilteredResponse apply(FilteredResponse whole) {
        Optional<String> field = field();
        if (field.isEmpty() || !method.equals("GET") || !isCuttable(whole)) {
            return whole;
        }
        Optional<List<ByteRange>> ranges = RangeField.read(field.get(), whole.length(), limits);
        if (ranges.isEmpty()) {
            return whole;
        }
        return switch (ranges.get().size()) {
            case 0 -> whole.replaced(unsatisfied(whole.length()));
            case 1 -> single(ranges.get().get(0), whole);
            default -> multiple(ranges.get(), whole);
        };
    }

    /**
     * Several lines are joined to one list (RFC 9110 5.3); no grammar of ranges has its blank, so that field is
     * ignored.
     */
    private Optional<String> field() {
        return request.contains("Range") ? Optional.of(String.join(", ", request.all("Range"))) : Optional.empty();
    }

    private boolean isCuttable(FilteredResponse whole) {
        Headers headers = whole.head().headers();
        return whole.head().status() == 200
                && whole.length() > 0
                && !headers.contains("Content-Range")
                && !headers.first("Content-Type")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("multipart/byteranges")
                && IfRange.holds(request, headers, received);
    }

    private static FilteredResponse single(ByteRange range, FilteredResponse whole) {
        Headers headers = whole.head().headers().copy();
        headers.set("Content-Range", range.contentRange(whole.length()));
        List<RangeOutput.Part> parts = List.of(new RangeOutput.Part("", range));
        return whole.with(new ResponseHead(206, headers))
                .through(client -> new RangeOutput(client, parts, "", whole.length()), range.length());
    }

    private static FilteredResponse multiple(List<ByteRange> ranges, FilteredResponse whole) {
        Headers headers = whole.head().headers().copy();
        String boundary = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        String type = headers.first("Content-Type")
                .map(t -> "Content-Type: " + t + "\r\n")
                .orElse("");
        headers.set("Content-Type", "multipart/byteranges; boundary=" + boundary);
        List<RangeOutput.Part> parts = ranges.stream()
                .map(range -> new RangeOutput.Part(
                        "\r\n--" + boundary + "\r\n" + type + "Content-Range: " + range.contentRange(whole.length())
                                + "\r\n\r\n",
                        range))
                .collect(Collectors.toUnmodifiableList());
        String end = "\r\n--" + boundary + "--\r\n";
        long length = end.length()
                + parts.stream()
                        .mapToLong(p -> p.preface().length() + p.range().length())
                        .sum();
        return whole.with(new ResponseHead(206, headers))
                .through(client -> new RangeOutput(client, parts, end, whole.length()), length);
    }

    /** A 416 tells how long the body is (RFC 9110 14.4). */
    private static LocalResponse unsatisfied(long whole) {
        return new LocalResponse(416, Headers.of("Content-Range", "bytes */" + whole));
    }

    /** Discards a body that no client gets, if it is short enough to keep the member's connection. */
    static void drop(UpstreamResponse member) throws IOException, UpstreamException {
        if (member.length() <= RangeOutput.MAX_SKIPPED_BYTES) {
            member.copyTo(OutputStream.nullOutputStream());
        }
    }
}
