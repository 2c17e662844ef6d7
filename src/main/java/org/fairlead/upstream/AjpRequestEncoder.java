package org.fairlead.upstream;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.RequestAttributes;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.http.Headers;
import org.fairlead.model.PoolConfig;
import org.fairlead.model.Secret;

/**
 * The encoder of FORWARD_REQUEST: the request line, the client's connection, the fields, and the attributes that
 * mod_proxy_ajp sends, in its order.
 */
final class AjpRequestEncoder {
    private static final int MIN_PACKET = 8192;
    private static final int MAX_PACKET = 65536;
    /** mod_proxy_ajp rounds the size of packets up to a multiple of this. */
    private static final int PACKET_STEP = 1024;

    private static final int STORED_METHOD = 0xFF;
    private static final String VARIABLES = "AJP_";
    private static final Map<String, Integer> METHODS = numbered(
            1,
            "OPTIONS GET HEAD POST PUT DELETE TRACE PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK ACL REPORT"
                    + " VERSION-CONTROL CHECKIN CHECKOUT UNCHECKOUT SEARCH MKWORKSPACE UPDATE LABEL MERGE"
                    + " BASELINE-CONTROL MKACTIVITY");
    private static final Map<String, Integer> FIELDS = numbered(
            0xA001,
            "accept accept-charset accept-encoding accept-language authorization connection content-type content-length"
                    + " cookie cookie2 host pragma referer user-agent");
    private static final int MAX_CODED_FIELD = "accept-encoding".length();

    private final OutgoingRequest request;
    private final RequestAttributes attributes;
    private final AjpPacketWriter packet;

    private AjpRequestEncoder(OutgoingRequest request, AjpPacketWriter packet) {
        this.request = request;
        this.attributes = request.attributes().get();
        this.packet = packet;
    }

    private static Map<String, Integer> numbered(int first, String words) {
        Map<String, Integer> codes = new HashMap<>();
        for (String word : words.split(" ")) {
            codes.put(word, first + codes.size());
        }
        return Map.copyOf(codes);
    }

    /** The limit of a packet, its header included: {@code iobuffersize} between 8 and 64 KiB. */
    static int packetSize(PoolConfig config) {
        int size = Math.max(MIN_PACKET, Math.min(MAX_PACKET, config.ioBufferSize()));
        return (size + PACKET_STEP - 1) / PACKET_STEP * PACKET_STEP;
    }

    /**
     * Writes the packet into an empty write buffer.
     *
     * @throws IllegalArgumentException if something in it must not be written, or it is too long for one packet
     */
    static void encode(OutgoingRequest request, PoolConfig config, WriteBuffer out) {
        AjpPacketWriter packet = new AjpPacketWriter(out, packetSize(config));
        AjpRequestEncoder encoder = new AjpRequestEncoder(request, packet);
        encoder.line();
        encoder.fields();
        encoder.attribute(0x0C, config.secret().map(Secret::value));
        encoder.login();
        encoder.tls();
        encoder.named();
        packet.octet(0xFF);
        packet.end();
    }

    private void line() {
        if (!FieldSyntax.isToken(request.method())) {
            throw new IllegalArgumentException("method is not a token");
        }
        ClientConnection connection = attributes.connection();
        packet.octet(2)
                .octet(METHODS.getOrDefault(request.method(), STORED_METHOD))
                .string(attributes.protocol())
                .string(checked(path()))
                .string(connection.clientAddress())
                .absent()
                .string(attributes.serverName())
                .number(connection.localPort())
                .octet(connection.secure() ? 1 : 0);
    }

    private String path() {
        int query = request.target().indexOf('?');
        return query < 0 ? request.target() : request.target().substring(0, query);
    }

    private Optional<String> query() {
        int query = request.target().indexOf('?');
        return query < 0
                ? Optional.empty()
                : Optional.of(checked(request.target().substring(query + 1)));
    }

    private static String checked(String target) {
        if (target.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw new IllegalArgumentException("control character or space in the request target");
        }
        return target;
    }

    private void fields() {
        Headers fields = new Headers();
        request.headers().forEach((name, value) -> {
            if (!HeadEncoder.isOurs(name)) {
                fields.add(name, value);
            }
        });
        long length = request.body().length();
        if (length < 0) {
            fields.add("Transfer-Encoding", "chunked");
        } else if (length > 0 || HeadEncoder.meansContent(request.method())) {
            fields.add("Content-Length", Long.toString(length));
        }
        packet.number(fields.size());
        fields.forEach(this::field);
    }

    private void field(String name, String value) {
        Integer code = name.length() > MAX_CODED_FIELD ? null : FIELDS.get(name.toLowerCase(Locale.ROOT));
        if (code != null) {
            packet.number(code);
        } else if (FieldSyntax.isToken(name)) {
            packet.string(name);
        } else {
            throw new IllegalArgumentException("field name is not a token");
        }
        packet.string(value);
    }

    private void login() {
        attribute(0x03, attributes.user());
        attribute(0x04, attributes.environment().get("AUTH_TYPE"));
        attribute(0x05, query());
        attribute(0x06, attributes.environment().get("BALANCER_SESSION_ROUTE"));
    }

    private void tls() {
        if (!attributes.connection().secure()) {
            return;
        }
        tlsVariable("SSL_CLIENT_CERT").ifPresent(pem -> packet.octet(0x07).lines(pem));
        attribute(0x08, tlsVariable("SSL_CIPHER"));
        attribute(0x09, tlsVariable("SSL_SESSION_ID"));
        tlsVariable("SSL_CIPHER_USEKEYSIZE")
                .filter(bits -> bits.matches("\\d{1,5}"))
                .ifPresent(bits -> packet.octet(0x0B).number(Integer.parseInt(bits)));
    }

    private Optional<String> tlsVariable(String name) {
        return attributes.tls().apply(name).filter(value -> !value.isEmpty());
    }

    /** What the protocol has no place for goes by name; containers know the first three. */
    private void named() {
        if (!METHODS.containsKey(request.method())) {
            attribute(0x0D, Optional.of(request.method()));
        }
        ClientConnection connection = attributes.connection();
        named("AJP_REMOTE_PORT", Integer.toString(connection.clientPort()));
        named("AJP_LOCAL_ADDR", connection.localAddress());
        if (connection.secure()) {
            tlsVariable("SSL_PROTOCOL").ifPresent(protocol -> named("AJP_SSL_PROTOCOL", protocol));
        }
        attributes.environment().all().forEach((name, value) -> {
            if (name.startsWith(VARIABLES)) {
                named(name.substring(VARIABLES.length()), value);
            }
        });
    }

    private void named(String name, String value) {
        packet.octet(0x0A).string(name).string(value);
    }

    private void attribute(int code, Optional<String> value) {
        value.ifPresent(text -> packet.octet(code).string(text));
    }
}
