package org.fairlead.system;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A reader of FORWARD_REQUEST by the letter of Tomcat's description of AJP. */
final class AjpForwardRequest {
    private static final String[] METHODS =
            ("- OPTIONS GET HEAD POST PUT DELETE TRACE PROPFIND PROPPATCH MKCOL COPY MOVE"
                            + " LOCK UNLOCK ACL REPORT VERSION-CONTROL CHECKIN CHECKOUT UNCHECKOUT SEARCH MKWORKSPACE UPDATE"
                            + " LABEL MERGE BASELINE-CONTROL MKACTIVITY")
                    .split(" ");
    private static final String[] FIELDS = ("- accept accept-charset accept-encoding accept-language authorization"
                    + " connection content-type content-length cookie cookie2 host pragma referer user-agent")
            .split(" ");
    private static final String[] ATTRIBUTES =
            "- context servlet-path user auth query route certificate cipher session name key-size secret method"
                    .split(" ");

    private final byte[] packet;
    private int position;

    private AjpForwardRequest(byte[] packet) {
        this.packet = packet;
    }

    /**
     * A request in HTTP's form.
     *
     * @param length of the body; 0 where none is declared
     */
    record Forwarded(String head, long length, boolean isChunked) {}

    static Forwarded read(byte[] packet) {
        return new AjpForwardRequest(packet).forwarded();
    }

    private Forwarded forwarded() {
        octet();
        int code = octet();
        String method = code == 0xFF ? "" : METHODS[code];
        String protocol = string();
        String target = string();
        List<String> lines = new ArrayList<>();
        lines.add("ajp-client: " + string() + " " + string());
        lines.add("ajp-server: " + string());
        // The port is each server's own.
        number();
        lines.add("ajp-secure: " + octet());
        long length = 0;
        boolean chunked = false;
        for (int left = number(); left > 0; left--) {
            String name = fieldName();
            String value = string();
            lines.add(name + ": " + value);
            length = name.equals("content-length") ? Long.parseLong(value) : length;
            chunked |= name.toLowerCase(Locale.ROOT).equals("transfer-encoding");
        }
        for (int kind = octet(); kind != 0xFF; kind = octet()) {
            String name = ATTRIBUTES[kind];
            String of = name.equals("name") ? string() : "";
            String value = name.equals("key-size") ? Integer.toString(number()) : string();
            switch (name) {
                case "query" -> target += "?" + value;
                case "method" -> method = value;
                case "name" -> lines.add("ajp-name-" + of + ": " + (of.equals("AJP_REMOTE_PORT") ? "a port" : value));
                case "session" -> lines.add("ajp-session: one");
                default -> lines.add("ajp-" + name + ": " + value);
            }
        }
        return new Forwarded(method + " " + target + " " + protocol + "\n" + String.join("\n", lines), length, chunked);
    }

    private String fieldName() {
        int first = number();
        if (first >> 8 == 0xA0) {
            return FIELDS[first & 0xFF];
        }
        position -= 2;
        return string();
    }

    private int octet() {
        return packet[position++] & 0xFF;
    }

    private int number() {
        return octet() << 8 | octet();
    }

    private String string() {
        int length = number();
        if (length == 0xFFFF) {
            return "absent";
        }
        String text = new String(packet, position, length, StandardCharsets.ISO_8859_1);
        position += length + 1;
        return text;
    }
}
