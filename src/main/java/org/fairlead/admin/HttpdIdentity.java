package org.fairlead.admin;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.expression.Authority;

/** The texts of httpd's two handlers about the server and times. Tools compare them, so they are httpd's. */
final class HttpdIdentity {
    /** The httpd release whose text these handlers write. */
    static final String HTTPD = "Apache/2.4.66";

    private static final DateTimeFormatter STATUS_TIME =
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yyyy HH:mm:ss zzz", Locale.ENGLISH);
    private static final DateTimeFormatter HTTP_TIME =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private HttpdIdentity() {}

    static String server(String version) {
        return HTTPD + " (Fairlead/" + version + ")";
    }

    /** ap_get_server_name with {@code UseCanonicalName Off}: the name that the client requested. */
    static String name(HandlerRequest request) {
        String own = request.host().name();
        return Authority.of(request.exchange().request().authority()).host(own.isEmpty() ? "localhost" : own);
    }

    static String statusTime(Instant at) {
        return STATUS_TIME.format(at.atZone(ZoneId.systemDefault()));
    }

    static String httpTime(Instant at) {
        return HTTP_TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    /** apr_strfsize: four characters, such as {@code  47K}. */
    static String size(long bytes) {
        if (bytes < 973) {
            return String.format(Locale.ROOT, "%3d ", Math.max(0, bytes));
        }
        long size = bytes;
        String units = "KMGTPE";
        int unit = 0;
        while (true) {
            int rest = (int) (size & 1023);
            size >>= 10;
            if (size >= 973) {
                unit++;
                continue;
            }
            if (size < 9 || size == 9 && rest < 973) {
                int tenth = (rest * 5 + 256) / 512;
                if (tenth >= 10) {
                    size++;
                    tenth = 0;
                }
                return size + "." + tenth + units.charAt(unit);
            }
            return String.format(Locale.ROOT, "%3d%c", rest >= 512 ? size + 1 : size, units.charAt(unit));
        }
    }
}
