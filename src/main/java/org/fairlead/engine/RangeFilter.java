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
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;
import org.fairlead.model.RangeLimits;

/**
 * A filter that cuts a GET's ranges out of a 200 of a member without range support (RFC 9110 14.2), as httpd's
 * byterange filter does behind mod_proxy. It reads the fields as {@code RequestHeader} and {@code Header} rules have
 * left them. A body of unknown length passes whole. Immutable.
 */
final class RangeFilter {
    private final RangeLimits limits;
    private final Headers request;
    private final Instant received;

    /**
     * @param request the fields that the member got
     * @param received when the request came
     */
    RangeFilter(RangeLimits limits, Headers request, Instant received) {
        this.limits = limits;
        this.request = request;
        this.received = received;
    }

    /**
     * Returns the response for the client, which is {@code whole} itself where nothing is to be cut; empty = no range
     * lies in the body, so the response is 416.
     *
     * @param method of the request
     */
    Optional<ClientResponse> apply(String method, ClientResponse whole) {
        Optional<String> field = field();
        if (field.isEmpty() || !method.equals("GET") || !isCuttable(whole)) {
            return Optional.of(whole);
        }
        Optional<List<ByteRange>> ranges = RangeField.read(field.get(), whole.length(), limits);
        if (ranges.isEmpty()) {
            return Optional.of(whole);
        }
        return switch (ranges.get().size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(single(ranges.get().get(0), whole));
            default -> Optional.of(multiple(ranges.get(), whole));
        };
    }

    /**
     * Several lines are joined to one list (RFC 9110 5.3); no grammar of ranges has its blank, so that field is
     * ignored.
     */
    private Optional<String> field() {
        return request.contains("Range") ? Optional.of(String.join(", ", request.all("Range"))) : Optional.empty();
    }

    private boolean isCuttable(ClientResponse whole) {
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

    private static ClientResponse single(ByteRange range, ClientResponse whole) {
        Headers headers = whole.head().headers().copy();
        headers.set("Content-Range", range.contentRange(whole.length()));
        List<RangeOutput.Part> parts = List.of(new RangeOutput.Part("", range));
        return new ClientResponse(
                new ResponseHead(206, headers),
                range.length(),
                (member, client) -> copy(member, new RangeOutput(client, parts, "", whole.length())));
    }

    private static ClientResponse multiple(List<ByteRange> ranges, ClientResponse whole) {
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
        return new ClientResponse(
                new ResponseHead(206, headers),
                length,
                (member, client) -> copy(member, new RangeOutput(client, parts, end, whole.length())));
    }

    private static long copy(UpstreamResponse member, RangeOutput ranges) throws IOException, UpstreamException {
        try {
            member.copyTo(ranges);
        } catch (ClientGoneException e) {
            if (!(e.getCause() instanceof RangeOutput.CompleteException)) {
                throw e;
            }
        }
        return ranges.written();
    }

    /** The field of a 416 that tells how long the body is (RFC 9110 14.4). */
    static String unsatisfied(long whole) {
        return "bytes */" + whole;
    }

    /** Discards a body that no client gets, if it is short enough to keep the member's connection. */
    static void drop(UpstreamResponse member) throws IOException, UpstreamException {
        if (member.length() <= RangeOutput.MAX_SKIPPED_BYTES) {
            member.copyTo(OutputStream.nullOutputStream());
        }
    }
}
